"""Lists as programmes elsewhere give them out: two people, their links, and what they got."""

import csv
import io

DUB_PARTNERS = (
    "ID,Name,Email,Country,Status,Enrolled at,Clicks,Leads,Sales,Sale amount,TikTok\n"
    "pn_1AA,Alex Tan,Alex@Example.com,ID,approved,2025-03-01T02:00:00.000Z,10,3,2,20000,alextan\n"
    "pn_1BB,Budi Hartono,budi@example.com,ID,approved,2025-04-01T02:00:00.000Z,4,0,0,0,\n"
    "pn_1CC,Si Nakal,nakal@example.com,ID,banned,2025-04-01T02:00:00.000Z,4,0,0,0,\n"
)
DUB_LINKS = (
    "Short link,Destination URL,Clicks,Created at,Link ID,Updated at,Tags,Archived\n"
    "https://go.batik.example/alex-tan,https://batik.example/?utm_source=TikTok&utm_campaign=Lebaran 2025,12,"
    '2025-03-02T02:00:00.000Z,link_1,2025-03-02T02:00:00.000Z,"tiktok, bio",false\n'
    "https://go.batik.example/promo25,https://batik.example/,3,2025-03-02T02:00:00.000Z,link_2,2025-03-02T02:00:00.000Z,,false\n"
)
DUB_COMMISSIONS = (
    "ID,Type,Amount,Earnings,Currency,Status,Invoice ID,Quantity,Created at,Partner ID,Customer name,Customer email\n"
    "cm_1,sale,20000,2000,usd,paid,in_1,1,2025-05-01T02:00:00.000Z,pn_1AA,Siti Rahma,siti@example.com\n"
    "cm_2,sale,5050,505,usd,pending,in_2,1,2025-06-01T02:00:00.000Z,pn_1AA,Siti Rahma,siti@example.com\n"
    "cm_3,sale,9000,900,usd,refunded,in_3,1,2025-06-02T02:00:00.000Z,pn_1AA,Joko,joko@example.com\n"
)
TAPFILIATE_AFFILIATES = (
    "id,firstname,lastname,email,referral_code,company,created_at\n"
    "af-alex,Alex,Tan,ALEX@example.com,alex,,2024-01-05 10:00:00\n"
    "af-budi,Budi,Hartono,budi@example.com,budi-h,Toko Budi,2024-02-05 10:00:00\n"
)
TAPFILIATE_CONVERSIONS = (
    "id,external_id,amount,created_at,affiliate_email,program,currency,customer_id,commission_status,commission_type,"
    "commission_amount\n"
    "101,INV-1,150000,2024-03-01 09:00:00,alex@example.com,Batik,IDR,cust-9,approved,sale,15000\n"
    "102,INV-2,99.90,2024-03-02 09:00:00,Alex@Example.com,Batik,EUR,cust-8,approved,sale,9.99\n"
    "103,INV-3,200000,2024-03-03 09:00:00,orang@example.com,Batik,IDR,cust-7,disapproved,sale,20000\n"
)
TAPFILIATE_PAYOUTS = (
    "affiliate_id,firstname,lastname,email,amount,currency,payout_method,settled_at\n"
    "af-alex,Alex,Tan,alex@example.com,15000,IDR,Bank,2024-04-01 09:00:00\n"
)
REWARDFUL_AFFILIATES = (
    "id,first_name,last_name,email,state,token,campaign,commission_percent,paypal_email,visitors,leads,conversions,created_at\n"
    "5768bd90-7953-493f-ae6c-6562eb4d7e72,Alex,Tan,alex@example.com,active,alex,Teman,30,pay@example.com,376,142,56,"
    "2022-10-12T14:25:09.323Z\n"
    "6768bd90-7953-493f-ae6c-6562eb4d7e73,Budi,Hartono,budi@example.com,active,budi,Teman,12.5%,,1,0,0,2022-10-12T14:25:09.323Z\n"
)
REWARDFUL_COMMISSIONS = (
    "id,created_at,amount,currency,state,due_at,paid_at,sale_amount,sale_id,affiliate_id,affiliate_email,customer_email\n"
    "39e68c88-d84a-4510-b3b4-43c75016a080,2022-11-19T16:28:31.164Z,30.00,USD,paid,2022-12-18T16:28:25.000Z,"
    "2022-12-20T16:28:25.000Z,100.00,sale_1,5768bd90-7953-493f-ae6c-6562eb4d7e72,alex@example.com,siti@example.com\n"
)
REWARDFUL_PAYOUTS = (
    "id,affiliate_id,affiliate_email,amount,currency,state,created_at,paid_at,paid_by_id\n"
    "3b03791a-3fb5-4bd6-8ec3-614c9fd978ca,5768bd90-7953-493f-ae6c-6562eb4d7e72,alex@example.com,30.00,USD,paid,"
    "2022-12-20T14:54:52.148Z,2022-12-20T14:55:11.242Z,3e5c04ae\n"
)
REFERSION_AFFILIATES = (
    "Affiliate ID,Affiliate Code,First Name,Last Name,Email,Company,PayPal Email,Offer ID,Offer,Commission,Status,Date Joined\n"
    "37569297,a3y7,Alex,Tan,alex@example.com,,pay@example.com,4411,Batik,15%,ACTIVE,2023-05-01\n"
    "37569298,694c,Budi,Hartono,budi@example.com,,,4411,Batik,$5.00,ACTIVE,2023-05-02\n"
)
REFERSION_CONVERSIONS = (
    "Conversion ID,Order ID,Affiliate ID,Affiliate Name,Affiliate Email,Offer,Order Total,Commission,Currency,Status,"
    "Payment Status,Created,Customer Name\n"
    '5001,#1001,37569297,Alex Tan,alex@example.com,Batik,"$1,250.00",$187.50,USD,APPROVED,PAID,2023-06-01 10:00:00,Siti\n'
    "5002,#1002,37569297,Alex Tan,alex@example.com,Batik,$80.00,$12.00,USD,APPROVED,UNPAID,2023-06-02 10:00:00,Joko\n"
)
LISTS: dict[str, dict[str, str]] = {
    "dub": {"partners.csv": DUB_PARTNERS, "links.csv": DUB_LINKS, "commissions.csv": DUB_COMMISSIONS},
    "tapfiliate": {
        "affiliates.csv": TAPFILIATE_AFFILIATES,
        "conversions.csv": TAPFILIATE_CONVERSIONS,
        "payouts.csv": TAPFILIATE_PAYOUTS,
    },
    "rewardful": {
        "affiliates.csv": REWARDFUL_AFFILIATES,
        "commissions.csv": REWARDFUL_COMMISSIONS,
        "payouts.csv": REWARDFUL_PAYOUTS,
    },
    "refersion": {"affiliates.csv": REFERSION_AFFILIATES, "conversions.csv": REFERSION_CONVERSIONS},
}


def cells(text: str) -> list[list[str]]:
    """The rows of a list."""
    return list(csv.reader(io.StringIO(text)))
