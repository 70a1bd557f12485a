package check

import "policybot/knowledge"

// The rules, by the names that findings carry. Names never change: people search for them.
const (
	ruleUnknownProvision = "unknown-provision"
	ruleUnknownDocument  = "unknown-document"
	ruleUnknownFigure    = "unknown-figure"
	ruleUnknownCard      = "unknown-card"
	ruleUnknownProcedure = "unknown-procedure"
	ruleUnknownWord      = "unknown-word"

	ruleUnknownKind       = "unknown-kind"
	ruleUnknownPlace      = "unknown-place"
	ruleUnknownTopic      = "unknown-topic"
	ruleUnknownOutcome    = "unknown-outcome"
	ruleUnknownConfidence = "unknown-confidence"
	ruleEmptyPeriod       = "empty-period"
	ruleNotConfirmed      = "not-confirmed"
	ruleMissing           = "missing-key"
	ruleNotNFC            = "not-nfc"
	ruleInvisible         = "invisible-letter"

	ruleDocumentNumber = "document-number"
	ruleDocumentID     = "document-id"
	ruleIssuedLate     = "issued-late"
	ruleRelation       = "relation-target"

	ruleFigureForm       = "figure-form"
	ruleFigureUnits      = "figure-units"
	ruleFigureTooFine    = "figure-too-fine"
	ruleFigureOverlap    = "figure-overlap"
	ruleFigureGap        = "figure-gap"
	ruleKnownUntil       = "known-until"
	ruleOutsideBasis     = "figure-outside-basis"
	ruleFigureNotInBasis = "figure-not-in-basis"

	ruleNoBasis          = "no-basis"
	ruleRepeatedBasis    = "repeated-basis"
	ruleBasisNever       = "basis-never-applies"
	ruleBasisGap         = "basis-gap"
	ruleOtherProvince    = "other-province"
	ruleUnconfirmedFact  = "unconfirmed-as-fact"
	ruleAnswerTooEarly   = "answer-too-early"
	ruleNoNextStep       = "no-next-step"
	ruleTooManyBullets   = "too-many-bullets"
	ruleNoAsk            = "no-ask"
	ruleWordingsTwice    = "wordings-twice"
	ruleWordingsChain    = "wordings-chain"
	rulePeriodOverlap    = "period-overlap"
	ruleNowKnown         = "now-known"
	ruleSharedAsk        = "shared-ask"
	ruleRepeatedAsk      = "repeated-ask"
	ruleProbeIsAsk       = "probe-is-ask"
	ruleBadTemplate      = "bad-template"
	ruleTypedFigure      = "typed-figure"
	ruleTypedDocument    = "typed-document"
	ruleDigitsNotInBasis = "digits-not-in-basis"
	ruleLongSentence     = "long-sentence"
	ruleLongAnswer       = "long-answer"
	ruleJargon           = "jargon"
	ruleDistrictOffice   = "district-office"

	ruleSelfChecked = "self-checked"
	ruleBlocked     = "unknown-block"

	ruleWardCode     = "ward-code"
	ruleRepeatedWard = "repeated-ward"
	ruleSharedWord   = "shared-word"
	ruleLongLabel    = "long-label"

	Stale       = "stale"        // nobody has confirmed it for long
	ExpiresSoon = "expires-soon" // it is about to end
)

// advice is what to do about a rule, in both languages; %s is the detail of the fault.
type advice struct{ vi, en string }

// advices holds every rule, those of the loader included.
var advices = map[string]advice{
	knowledge.RuleUnreadable: {
		"Tệp không đọc được: xem lại dấu hai chấm, dấu ngoặc và khoảng trắng đầu dòng (%s).",
		"The file cannot be read: look at colons, quotes and the spaces that lines begin with (%s)."},
	knowledge.RuleUnknownKey: {
		"Không có khóa nào tên “%s”: sửa lỗi gõ, hoặc bỏ dòng này.",
		"No item has a key “%s”: correct the spelling or take the line out."},
	knowledge.RuleRepeatedKey: {
		"Khóa “%s” viết hai lần trong một mục: chỉ giữ một.",
		"The key “%s” stands twice in one item: keep one."},
	knowledge.RuleBadValue: {
		"Giá trị không đọc được; ngày viết 2026-11-23, tiền viết \"2.340.000\", tỷ lệ viết \"4,5%%\", đều trong ngoặc kép trừ ngày: %s.",
		"The value cannot be read; days are written 2026-11-23, money \"2.340.000\", rates \"4,5%%\", in quotes except days: %s."},
	knowledge.RuleRepeatedName: {
		"Tên %s đã dùng cho mục khác, hoặc đang để trống: đặt tên khác.",
		"The name %s belongs to another item, or is empty: give another one."},
	knowledge.RuleEmpty: {
		"Thư mục hoặc tệp chưa có mục nào, hoặc có mục để trống: thêm nội dung hoặc xóa tệp (%s).",
		"The folder or file holds no item, or an empty one: add content or delete the file (%s)."},
	knowledge.RuleCycle: {
		"Con số “%s” được tính từ chính nó: bỏ một tên trong product hoặc rest_of.",
		"The figure “%s” is worked out from itself: take a name out of product or rest_of."},

	ruleUnknownProvision: {
		"Không có quy định nào mã “%s”: sửa mã, hoặc thêm vào thư mục documents.",
		"No provision has the ID “%s”: correct it, or add the provision in documents."},
	ruleUnknownDocument: {
		"Không có văn bản nào mã “%s”: sửa mã, hoặc thêm vào thư mục documents.",
		"No document has the ID “%s”: correct it, or add the document in documents."},
	ruleUnknownFigure: {
		"Không có con số nào tên “%s”: sửa tên, hoặc thêm vào thư mục figures.",
		"No figure is called “%s”: correct the name, or add the figure in figures."},
	ruleUnknownCard: {
		"Không có thẻ nào mã “%s”: sửa mã, hoặc thêm thẻ vào thư mục cards.",
		"No card has the ID “%s”: correct it, or add the card in cards."},
	ruleUnknownProcedure: {
		"Không có thủ tục nào mã “%s”: sửa mã, hoặc thêm vào thư mục procedures.",
		"No procedure has the ID “%s”: correct it, or add the procedure in procedures."},
	ruleUnknownWord: {
		"Không có từ nào mã “%s” trong thư mục words: sửa mã, hoặc thêm từ.",
		"No word has the ID “%s”: correct it, or add the word in words."},

	ruleUnknownKind: {
		"Loại “%s” không có trong danh sách: xem các loại được dùng trong docs/noi-dung.md.",
		"The kind “%s” is not one of the list in docs/noi-dung.md: use one of those."},
	ruleUnknownPlace: {
		"Nơi áp dụng “%s” không có: dùng national, cantho, cantho-cu, haugiang-cu, soctrang-cu hoặc other-provinces.",
		"There is no place “%s”: use national, cantho, cantho-cu, haugiang-cu, soctrang-cu or other-provinces."},
	ruleUnknownTopic: {
		"Chủ đề “%s” trống hoặc không có: chọn một chủ đề trong docs/noi-dung.md.",
		"The topic “%s” is empty or unknown: choose one of those in docs/noi-dung.md."},
	ruleUnknownOutcome: {
		"Kết quả “%s” không dùng cho thẻ được: bỏ khóa outcome, hoặc chọn một giá trị trong docs/noi-dung.md.",
		"No card ends with the outcome “%s”: leave the key out or choose one of those in docs/noi-dung.md."},
	ruleUnknownConfidence: {
		"Độ tin cậy “%s” trống hoặc không có: viết A, B hoặc C.",
		"The confidence “%s” is empty or unknown: write A, B or C."},
	ruleEmptyPeriod: {
		"Khoảng thời gian không có ngày nào (%s): until là ngày đầu tiên thôi áp dụng, phải sau from; viết giá trị cũ trước, mới sau.",
		"The period holds no day (%s): until is the first day no longer in it and comes after from; write older values first."},
	ruleNotConfirmed: {
		"Thiếu ngày đối chiếu của %s: thêm confirmed_on là ngày đã xem lại văn bản gần nhất.",
		"%s has no confirmed_on: add the day somebody last compared it with the source."},
	ruleMissing: {
		"Thiếu khóa %s: thêm vào mục này.",
		"The key %s is missing: add it to this item."},
	ruleNotNFC: {
		"Chữ “%s” gõ bằng bảng mã tổ hợp: gõ lại bằng Unicode dựng sẵn (NFC).",
		"The text “%s” is written in combining letters: type it again in composed Unicode (NFC)."},
	ruleInvisible: {
		"Có ký tự ẩn trong “%s”, thường do chép từ Word hay trang web: xóa và gõ lại.",
		"There is an invisible character in “%s”, often from Word or a web page: delete and type again."},

	ruleDocumentNumber: {
		"Số hiệu “%s” không đúng dạng của loại văn bản này: viết như 188/2025/NĐ-CP, 51/2024/QH15, 2553/QĐ-TTg.",
		"The number “%s” has not the form of this kind of document: write it as 188/2025/NĐ-CP, 51/2024/QH15, 2553/QĐ-TTg."},
	ruleDocumentID: {
		"Mã văn bản không khớp loại, số hay năm: dùng mã bắt đầu bằng “%s”.",
		"The ID does not match kind, number or year: begin it with “%s”."},
	ruleIssuedLate: {
		"Ngày ban hành %s sau ngày có hiệu lực: kiểm tra lại hai ngày này.",
		"The day of issue %s is after the first day in force: check both days."},
	ruleRelation: {
		"Mỗi quan hệ phải nêu đúng một văn bản, ở đây có %s: tách thành nhiều dòng hoặc thêm văn bản còn thiếu.",
		"A relation names exactly one document, here %s: split it or add the one that is missing."},

	ruleFigureForm: {
		"Con số “%s” phải có đúng một trong ba khóa: values, product hoặc rest_of.",
		"The figure “%s” needs exactly one of values, product and rest_of."},
	ruleFigureUnits: {
		"Đơn vị không nhân với nhau được (%s): product cần nhiều nhất một số tiền, rest_of cần một tỷ lệ, và unit phải là đơn vị của kết quả.",
		"The units do not multiply (%s): a product takes at most one amount of money, rest_of takes a rate, and unit is the unit of the result."},
	ruleFigureTooFine: {
		"Tích các tỷ lệ lẻ quá bốn chữ số thập phân (%s): ghi kết quả theo văn bản thành con số có values.",
		"The product of the rates has more than four decimals (%s): give the figure the document's own result under values."},
	ruleFigureOverlap: {
		"Hai giá trị cùng có vào những ngày %s: sửa from hoặc until cho chúng nối tiếp nhau.",
		"Two values hold on the same days %s: change from or until so that one follows the other."},
	ruleFigureGap: {
		"Không có giá trị cho những ngày %s: thêm giá trị, hoặc thêm một dòng unknown: true.",
		"There is no value for the days %s: add one, or an entry with unknown: true."},
	ruleKnownUntil: {
		"known_until trước ngày bắt đầu của giá trị từ %s: dời known_until hoặc bỏ giá trị đó.",
		"known_until is before the value from %s begins: move known_until or take that value out."},
	ruleOutsideBasis: {
		"Căn cứ không áp dụng cho những ngày %s mà con số này đang ghi: sửa ngày của con số, hoặc thêm căn cứ của những ngày đó.",
		"The basis does not apply on the days %s that the value is given for: change the days, or add the basis of those days."},
	ruleFigureNotInBasis: {
		"“%s” không có nguyên văn trong tóm lược của căn cứ nào: sửa con số, hoặc ghi nó vào summary của căn cứ.",
		"“%s” does not stand in the summary of any provision of the basis: correct the value, or write it into the summary."},

	ruleNoBasis: {
		"Chưa có căn cứ cho %s: thêm basis, quy định chính đứng đầu.",
		"%s has no basis: add it, the main provision first."},
	ruleRepeatedBasis: {
		"Căn cứ “%s” ghi hai lần: chỉ giữ một.",
		"The basis “%s” is given twice: keep one."},
	ruleBasisNever: {
		"Căn cứ “%s” không áp dụng vào ngày nào mà thẻ có hiệu lực: bỏ căn cứ này, hoặc sửa applies.",
		"The basis “%s” applies on no day of the card: take it out, or change applies."},
	ruleBasisGap: {
		"Căn cứ chính, và văn bản thay nó trong basis, không áp dụng vào những ngày %s: sửa applies, tách thẻ theo thời kỳ, hoặc thêm căn cứ của những ngày đó.",
		"Neither the main basis nor a document that replaces it in the list applies on the days %s: change applies, split the card by period, or add the basis of those days."},
	ruleOtherProvince: {
		"“%s” là quy định của tỉnh khác, không trả lời cho Cần Thơ được: bỏ căn cứ này, hoặc đặt outcome là out_of_scope.",
		"“%s” is law of another province and answers nothing for Cần Thơ: take it out, or set the outcome out_of_scope."},
	ruleUnconfirmedFact: {
		"“%s” có độ tin cậy C nên không được nói như sự thật: ghi rõ là chưa xác nhận và chỉ chỗ hỏi, hoặc đổi outcome.",
		"“%s” is of confidence C and is never stated as fact: say that it is not confirmed and where to ask, or change the outcome."},
	ruleAnswerTooEarly: {
		"Thẻ áp dụng cả những ngày con số trong câu trả lời chưa có giá trị nào (%s): sửa applies, hoặc thêm giá trị cho những ngày đó.",
		"The card applies on days before the figure in its answer has any value (%s): change applies, or add a value for those days."},
	ruleNoNextStep: {
		"Câu trả lời “%s” mà chưa chỉ bước tiếp theo: thêm next hoặc procedure, hoặc nói rõ hỏi ở đâu.",
		"The outcome is “%s” and no next step is given: add next or procedure, or say where to ask."},
	ruleTooManyBullets: {
		"Có %s gạch đầu dòng, nhiều nhất là 5: gộp lại, hoặc chuyển bớt sang more.",
		"There are %s bullets, five at most: join some or move them to more."},
	ruleNoAsk: {
		"Thẻ chưa có câu hỏi mẫu nào (%s): thêm ask, hoặc wordings_of nếu là thời kỳ khác của một thẻ đã có.",
		"The card has no wording (%s): add ask, or wordings_of when it is another period of a card."},
	ruleWordingsTwice: {
		"Thẻ vừa có ask vừa có wordings_of “%s”: chỉ giữ một trong hai.",
		"The card has both ask and wordings_of “%s”: keep one of the two."},
	ruleWordingsChain: {
		"Thẻ “%s” cũng mượn câu hỏi của thẻ khác: để wordings_of trỏ thẳng đến thẻ có ask.",
		"The card “%s” borrows its wordings itself: let wordings_of name the card that has ask."},
	rulePeriodOverlap: {
		"Hai thẻ cùng một nhu cầu cùng áp dụng một lúc (%s): sửa applies cho chúng nối tiếp nhau.",
		"Two cards of one need hold on the same days (%s): change applies so that one follows the other."},
	ruleNowKnown: {
		"Thẻ nói chưa có thông tin, nhưng con số của thẻ cùng nhu cầu nay đã biết (%s): dời until của thẻ kia và from của thẻ này.",
		"The card says that nothing is known, and by now the figure of the card for the same need is (%s): move until of that card and from of this one."},
	ruleSharedAsk: {
		"Câu hỏi này có ở hai thẻ, máy không biết chọn thẻ nào (%s): bỏ ở một thẻ, hoặc viết cho rõ khác nhau.",
		"Two cards share this wording, so that neither can be chosen (%s): take it out of one, or make them differ."},
	ruleRepeatedAsk: {
		"Câu hỏi “%s” ghi hai lần trong một thẻ: chỉ giữ một.",
		"The wording “%s” stands twice in one card: keep one."},
	ruleProbeIsAsk: {
		"Câu thử trùng với một câu trong ask nên không thử được gì (%s): viết câu thử khác.",
		"The probe is the same as an ask wording and tries nothing (%s): write another one."},
	ruleBadTemplate: {
		"Mẫu câu không đọc được: xem lại dấu {{ }}, ngoặc kép và tên hàm (%s).",
		"The template cannot be read: look at {{ }}, quotes and names of functions (%s)."},
	ruleTypedFigure: {
		"Con số “%s” gõ thẳng vào câu: thay bằng {{fig \"…\"}}, {{since \"…\"}} hoặc hàm khác, để khi luật đổi chỉ sửa một chỗ.",
		"The figure “%s” is typed into the text: use {{fig \"…\"}}, {{since \"…\"}} or another function, so that a change of law is one change."},
	ruleTypedDocument: {
		"Số hiệu “%s” gõ thẳng vào câu: thay bằng {{doc \"mã văn bản\"}}.",
		"The document number “%s” is typed into the text: use {{doc \"its ID\"}}."},
	ruleDigitsNotInBasis: {
		"“%s” không có trong tóm lược của căn cứ nào: ghi vào summary của căn cứ, hoặc bỏ khỏi câu.",
		"“%s” stands in the summary of no provision of the basis: write it there, or take it out of the text."},
	ruleLongSentence: {
		"Câu dài quá 18 chữ: tách thành hai câu (%s).",
		"The sentence has more than 18 words: make two of it (%s)."},
	ruleLongAnswer: {
		"Câu trả lời cùng gạch đầu dòng và nguồn dài %s ký tự, nhiều nhất là 900: rút gọn, hoặc chuyển bớt sang more.",
		"Answer, bullets and source make %s characters, 900 at most: shorten, or move some to more."},
	ruleJargon: {
		"“%s” là lời văn hành chính: nói bằng lời bà con thường dùng.",
		"“%s” is officialese: say it in everyday words."},
	ruleDistrictOffice: {
		"“%s” không còn: chỉ bà con đến UBND xã, phường hoặc cơ quan hiện nay.",
		"“%s” no longer exists: send people to the commune People's Committee or the office of today."},

	ruleSelfChecked: {
		"Người viết và người duyệt là một (%s): nhờ người thứ hai đọc lại.",
		"Author and checker are the same (%s): let a second person read it."},
	ruleBlocked: {
		"Không có gì tên “%s” để khóa: sửa mã văn bản, quy định, thẻ hay chủ đề.",
		"There is nothing called “%s” to block: correct the document, provision, card or topic."},

	ruleWardCode: {
		"Mã xã, phường “%s” phải có đúng năm chữ số, viết trong ngoặc kép.",
		"The ward code “%s” must be five digits, in quotes."},
	ruleRepeatedWard: {
		"Có hai đơn vị cùng tên “%s”: bỏ một, hoặc sửa tên.",
		"Two wards are called “%s”: take one out or correct its name."},
	ruleSharedWord: {
		"Hai từ cùng loại có chung cách nói (%s): bỏ ở một từ.",
		"Two words of one kind share a way of saying it (%s): take it out of one."},
	ruleLongLabel: {
		"Nhãn nút “%s” dài quá 24 ký tự: rút gọn.",
		"The label “%s” has more than 24 letters: shorten it."},

	Stale: {
		"Đã quá 90 ngày chưa đối chiếu lại (%s): xem lại nguồn rồi sửa confirmed_on.",
		"Nobody has confirmed this for more than 90 days (%s): compare with the source and set confirmed_on."},
	ExpiresSoon: {
		"Sắp hết hạn trong 60 ngày tới (%s): tìm quy định mới, thêm giá trị hoặc thẻ cho thời kỳ sau.",
		"This ends within 60 days (%s): look for the new rule, and add the value or card of the next period."},
}
