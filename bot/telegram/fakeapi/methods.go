package fakeapi

// methods are the simulated methods, except getUpdates, which waits. Each runs with the server
// locked, on a call that has passed the schema.
var methods = map[string]func(*Server, *call) (any, error){
	"getMe":          (*Server).getMe,
	"setWebhook":     (*Server).setWebhook,
	"deleteWebhook":  (*Server).deleteWebhook,
	"getWebhookInfo": (*Server).getWebhookInfo,

	"sendMessage":    (*Server).sendMessage,
	"sendPhoto":      media("photo"),
	"sendDocument":   media("document"),
	"sendVoice":      media("voice"),
	"sendAudio":      media("audio"),
	"sendVideo":      media("video"),
	"sendAnimation":  media("animation"),
	"sendVideoNote":  media("video_note"),
	"sendSticker":    media("sticker"),
	"sendChatAction": (*Server).sendChatAction,
	"forwardMessage": (*Server).forwardMessage,
	"copyMessage":    (*Server).copyMessage,

	"editMessageText":        (*Server).editMessageText,
	"editMessageCaption":     (*Server).editMessageCaption,
	"editMessageReplyMarkup": (*Server).editMessageReplyMarkup,
	"deleteMessage":          (*Server).deleteMessage,
	"deleteMessages":         (*Server).deleteMessages,
	"answerCallbackQuery":    (*Server).answerCallbackQuery,

	"getFile":       (*Server).getFile,
	"getChat":       (*Server).getChat,
	"getChatMember": (*Server).getChatMember,
	"leaveChat":     (*Server).leaveChat,

	"setMyCommands":         (*Server).setMyCommands,
	"getMyCommands":         (*Server).getMyCommands,
	"deleteMyCommands":      (*Server).deleteMyCommands,
	"setMyDescription":      setText("description", 512),
	"getMyDescription":      getText("description"),
	"setMyShortDescription": setText("short_description", 120),
	"getMyShortDescription": getText("short_description"),
	"setChatMenuButton":     (*Server).setChatMenuButton,
}
