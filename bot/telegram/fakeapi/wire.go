package fakeapi

// The types of this file are the Bot API's own objects, cut down to the fields the fake fills. They
// are what a bot receives and, minus deletions, what people see on their phones.

// A User is a person or the bot.
type User struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

// A Chat is a conversation: private, group or supergroup.
type Chat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
	IsForum   bool   `json:"is_forum,omitempty"`
}

// An Entity is a formatted part of a text; offset and length count UTF-16 units.
type Entity struct {
	Type          string `json:"type"`
	Offset        int    `json:"offset"`
	Length        int    `json:"length"`
	URL           string `json:"url,omitempty"`
	User          *User  `json:"user,omitempty"`
	Language      string `json:"language,omitempty"`
	CustomEmojiID string `json:"custom_emoji_id,omitempty"`
	UnixTime      int64  `json:"unix_time,omitempty"`
}

// A Message is one message of a chat. IDs count from 1 within each chat.
type Message struct {
	ID              int       `json:"message_id"`
	Thread          int       `json:"message_thread_id,omitempty"`
	From            *User     `json:"from,omitempty"`
	Chat            Chat      `json:"chat"`
	Date            int64     `json:"date"`
	EditDate        int64     `json:"edit_date,omitempty"`
	ReplyTo         *Message  `json:"reply_to_message,omitempty"`
	ForwardOrigin   *Origin   `json:"forward_origin,omitempty"`
	ProtectContent  bool      `json:"has_protected_content,omitempty"`
	Text            string    `json:"text,omitempty"`
	Entities        []Entity  `json:"entities,omitempty"`
	Caption         string    `json:"caption,omitempty"`
	CaptionEntities []Entity  `json:"caption_entities,omitempty"`
	Photo           []File    `json:"photo,omitempty"`
	Document        *File     `json:"document,omitempty"`
	Voice           *File     `json:"voice,omitempty"`
	Audio           *File     `json:"audio,omitempty"`
	Video           *File     `json:"video,omitempty"`
	Animation       *File     `json:"animation,omitempty"`
	VideoNote       *File     `json:"video_note,omitempty"`
	Sticker         *File     `json:"sticker,omitempty"`
	Contact         *Contact  `json:"contact,omitempty"`
	Location        *Location `json:"location,omitempty"`
	ReplyMarkup     *Keyboard `json:"reply_markup,omitempty"`
	NewChatMembers  []User    `json:"new_chat_members,omitempty"`
	LeftChatMember  *User     `json:"left_chat_member,omitempty"`
	MigrateTo       int64     `json:"migrate_to_chat_id,omitempty"`
	MigrateFrom     int64     `json:"migrate_from_chat_id,omitempty"`
}

// An Origin says where a forwarded message came from.
type Origin struct {
	Type       string `json:"type"`
	Date       int64  `json:"date"`
	SenderUser *User  `json:"sender_user,omitempty"`
}

// A File is a photo size, document, voice message or other medium. Fields that its kind does not
// have are empty.
type File struct {
	ID       string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Size     int    `json:"file_size,omitempty"`
	Name     string `json:"file_name,omitempty"`
	MimeType string `json:"mime_type,omitempty"`
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
	Length   int    `json:"length,omitempty"`
	Duration int    `json:"duration,omitempty"` // seconds
	Path     string `json:"file_path,omitempty"`
	Emoji    string `json:"emoji,omitempty"`
	Type     string `json:"type,omitempty"`
}

// A Contact is a shared phone number; UserID is 0 for a number that has no Telegram account.
type Contact struct {
	PhoneNumber string `json:"phone_number"`
	FirstName   string `json:"first_name"`
	UserID      int64  `json:"user_id,omitempty"`
}

// A Location is a point on the map, in degrees.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// A Keyboard is an inline keyboard, shown under its message.
type Keyboard struct {
	Rows [][]Button `json:"inline_keyboard"`
}

// A Button of an inline keyboard does exactly one thing. Of a button that does something the fake
// does not simulate (web apps, logins, games, payments) only the text is kept.
type Button struct {
	Text         string    `json:"text"`
	Style        string    `json:"style,omitempty"`
	CallbackData string    `json:"callback_data,omitempty"`
	URL          string    `json:"url,omitempty"`
	CopyText     *CopyText `json:"copy_text,omitempty"`
}

// A CopyText is what a button puts on the clipboard.
type CopyText struct {
	Text string `json:"text"`
}

// A ReplyKeyboard takes the place of a phone's keyboard until it is removed or replaced.
type ReplyKeyboard struct {
	Rows        [][]KeyButton `json:"keyboard"`
	OneTime     bool          `json:"one_time_keyboard,omitempty"`
	Persistent  bool          `json:"is_persistent,omitempty"`
	Resize      bool          `json:"resize_keyboard,omitempty"`
	Placeholder string        `json:"input_field_placeholder,omitempty"`
	Selective   bool          `json:"selective,omitempty"`
}

// A KeyButton of a reply keyboard sends its text, or shares something.
type KeyButton struct {
	Text            string `json:"text"`
	RequestContact  bool   `json:"request_contact,omitempty"`
	RequestLocation bool   `json:"request_location,omitempty"`
}

// A Query is one press of an inline button.
type Query struct {
	ID           string   `json:"id"`
	From         User     `json:"from"`
	Message      *Message `json:"message"`
	ChatInstance string   `json:"chat_instance"`
	Data         string   `json:"data"`
}

// A Member is somebody's place in a chat: creator, administrator, member, restricted, left, kicked.
type Member struct {
	User   User   `json:"user"`
	Status string `json:"status"`
}

// A MemberChange is a change of somebody's place in a chat.
type MemberChange struct {
	Chat Chat   `json:"chat"`
	From User   `json:"from"`
	Date int64  `json:"date"`
	Old  Member `json:"old_chat_member"`
	New  Member `json:"new_chat_member"`
}

// An Update is one thing that happened, as the bot is told of it.
type Update struct {
	ID            int64         `json:"update_id"`
	Message       *Message      `json:"message,omitempty"`
	EditedMessage *Message      `json:"edited_message,omitempty"`
	CallbackQuery *Query        `json:"callback_query,omitempty"`
	MyChatMember  *MemberChange `json:"my_chat_member,omitempty"`
	ChatMember    *MemberChange `json:"chat_member,omitempty"`
}

// kind is the name of the update's only filled field.
func (u *Update) kind() string {
	switch {
	case u.Message != nil:
		return "message"
	case u.EditedMessage != nil:
		return "edited_message"
	case u.CallbackQuery != nil:
		return "callback_query"
	case u.MyChatMember != nil:
		return "my_chat_member"
	default:
		return "chat_member"
	}
}

// A Command is an entry of the bot's menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}
