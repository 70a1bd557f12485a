package telegram

import tgmodels "github.com/go-telegram/bot/models"

// What the adapter itself says. Everything else comes from the conversation.
const (
	toastStale   = "Nút này đã cũ rồi. Bà con bấm nút ở tin mới nhất nhé."
	toastUnknown = "Nút này không dùng được nữa. Bà con gõ câu hỏi, hoặc gõ /menu để chọn chủ đề nhé."
	toastAgain   = "Đã nhận rồi, xin chờ chút nhé."

	apology = "Xin lỗi bà con, máy đang trục trặc nên chưa trả lời được câu này.\n\n" +
		"Bà con gõ lại câu hỏi sau ít phút, hoặc hỏi UBND phường, xã nơi mình ở nhé."

	notHere = "Xin chào. Đây là máy trả lời về chính sách, chỉ trò chuyện riêng với từng người " +
		"để giữ kín chuyện nhà của bà con, nên máy xin rời nhóm này.\n\n" +
		"Bà con bấm vào tên máy rồi nhắn riêng là được trả lời."
)

// residentCommands are the commands in the menu of a private chat.
var residentCommands = []tgmodels.BotCommand{
	{Command: "start", Description: "Bắt đầu"},
	{Command: "menu", Description: "Chọn chủ đề"},
	{Command: "hoso", Description: "Phiếu đã gửi cán bộ"},
	{Command: "help", Description: "Cách hỏi"},
}

// groupCommands are the commands in the menu of a group.
var groupCommands = []tgmodels.BotCommand{
	{Command: "help", Description: "Máy này làm được gì"},
}

const (
	shortDescription = "Máy trả lời bà con Cần Thơ về chính sách: hộ nghèo, cận nghèo, BHYT, học nghề. Có kèm căn cứ."

	description = "Máy trả lời câu hỏi về chính sách cho bà con Cần Thơ: hộ nghèo, cận nghèo, bảo hiểm y tế, " +
		"học nghề, vay vốn, trợ cấp.\n\n" +
		"Bà con cứ gõ như nói chuyện, có dấu hay không dấu đều được. Câu trả lời có ghi rõ văn bản và ngày áp dụng. " +
		"Máy chỉ hướng dẫn; UBND phường, xã là nơi quyết định."
)
