"""What the messenger itself says, where no turn of the conversation can: refusals, menus, start-up faults."""

COMMANDS = (
    ("start", "开始，或回到首页"),
    ("back", "上一步"),
    ("skip", "跳过选填项"),
    ("preview", "预览已填内容"),
    ("status", "查看填报进度"),
    ("edit", "修改某一栏，如 /edit 起止时间"),
    ("list", "我的申报"),
    ("cancel", "先停下，草稿会保留"),
    ("delete", "删除我的资料（会先确认）"),
    ("help", "怎么用"),
)

GROUP = "为保护申报资料，我只在私聊里工作。请点我的头像，进入私聊后发送 /start。"
UNREADABLE = "这类消息（语音、视频、贴纸、位置等）我读不了。请直接打字，或发送图片、.docx、.txt 文件；视频请发网址。"
EDITED_FILE = "您修改了之前发过的文件，我这里看不到变化。请把改好的文件重新发一次。"
NOT_ARRIVED = "文件“{name}”没有收完整（网络不稳），请重新发一次。前面填的内容都在。"
TOO_BIG = "文件“{name}”有 {size} MB，超过这里能接收的 {limit} MB。请压缩后再发，或分成几个文件。"

NOT_SET_UP = "没有设置机器人令牌：请在 .env 里填写 TELEGRAM_BOT_TOKEN（在 Telegram 里向 @BotFather 申请）。"
NOT_ACCEPTED = "机器人令牌无效：请核对 .env 里的 TELEGRAM_BOT_TOKEN，或向 @BotFather 重新申请。"
UNREACHABLE = "连不上 Telegram 服务器（{url}）：请检查网络、代理或 TELEGRAM_API_URL，然后重新启动。"
WEBHOOK_INCOMPLETE = "推送方式需要 SHENBAO_WEBHOOK_URL 和 SHENBAO_WEBHOOK_SECRET：请在 .env 里填写后再启动。"
WEBHOOK_REFUSED = (
    "Telegram 服务器没有接受推送地址（{reason}）：请核对 SHENBAO_WEBHOOK_URL，应为外网可访问的 https 地址。"
)
