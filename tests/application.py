"""One application, as its answers are typed one by one, and as a block that is pasted."""

STORY = (
    "项目目标是让山里的孩子学会用网。主要内容是志愿者通过直播平台每周开两堂课。"
    "三年来开课300堂，覆盖40所学校，网络传播量800万次，社会反响良好。"
    "例如某小学的小林同学，学会了自己查资料、做观察记录。"
)
ANSWERS = {
    "unit_name": "皖南青年志愿者协会",
    "fill_date": "2024年2月5日",
    "project_name": "山里的直播课",
    "period": "2021年3月至今",
    "participants": "约260人",
    "beneficiaries": "8600人",
    "reach": "800万次",
    "funds": "12.5万元",
    "funds_source": "社会捐赠和单位自筹",
    "manpower": "专职2人，志愿者80人",
    "contact_applicant": "林晓 0553-5550101",
    "contact_recommender": "芜湖市委网信办 周平 0553-5550202",
    "honors": "跳过",
    "media_links": "https://example.com/news/1",
}
LINKS = ("https://example.com/news/1", "https://example.com/news/2")
BLOCK = "\n".join([
    f"申报单位全称：{ANSWERS['unit_name']}",
    f"填报日期：{ANSWERS['fill_date']}",
    f"项目名称：{ANSWERS['project_name']}",
    f"起止时间：{ANSWERS['period']}",
    "项目类别：互联网+教育发展",
    f"项目参与人数：{ANSWERS['participants']}",
    f"项目受益人数：{ANSWERS['beneficiaries']}",
    f"网络传播量：{ANSWERS['reach']}",
    f"投入资金：{ANSWERS['funds']}",
    f"资金来源：{ANSWERS['funds_source']}",
    f"投入人力：{ANSWERS['manpower']}",
    "是否在民政部门备案：否",
    f"申报单位联系人：{ANSWERS['contact_applicant']}",
    f"推荐单位联系人：{ANSWERS['contact_recommender']}",
])  # fmt: skip
