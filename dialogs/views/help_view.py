"""What can be said at any moment."""

from dialogs.context import TurnContext

HELP = """我可以：
· 按通知原文回答问题，直接问就行
· 带您一项一项填推荐表，填完发给您 Word 文件

填表时随时可以说：
上一步｜跳过（选填项）｜修改+栏目，如“修改起止时间”
预览｜进度｜取消（草稿保留）｜继续填报
重新开始｜我的申报｜删除我的资料

已有现成材料的，可以把“栏目：内容”几行一起粘贴过来，也可以发 txt 或 docx 文件（包括填了一半的推荐表）。
图片、媒体报道截图直接发给我，作为辅证材料收着；表格生成后可以说：
打包全部材料｜看看表格的样子｜帮我看看简介"""


def show_help(context: TurnContext) -> None:
    """Say it."""
    context.say(HELP)
