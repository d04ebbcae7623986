"""Drives an Omnitron with its vendor's own client and prints what came back, as JSON."""

import json
import sys

import omnisdk.api_endpoint
from omnisdk.exceptions import ValidationError
from omnisdk.omnitron.client import OmnitronApiClient
from omnisdk.omnitron.endpoints import (
    ChannelOrderEndpoint,
    ChannelOrderItemEndpoint,
    ChannelOrderShippingInfoEndpoint,
    ChannelRetailStoreEndpoint,
    OrderByNumberEndpoint,
)
from omnisdk.omnitron.models import Address, OrderItem

# Its retries sleep ten seconds each.
omnisdk.api_endpoint.time.sleep = lambda seconds: None

url, username, password = sys.argv[1:4]
seen = {}

try:
    OmnitronApiClient(url, username, "not " + password)
    seen["wrong password"] = "taken"
except ValidationError as error:
    seen["wrong password"] = list(error.json)

client = OmnitronApiClient(url, username, password)
seen["token"] = client.token.split(" ")[0]

orders = ChannelOrderEndpoint(channel_id=5)
first = orders.list(params={"limit": 1, "sort": "id"})
seen["orders"] = [order.number for page in [first, *orders.iterator] for order in page]
seen["by number"] = OrderByNumberEndpoint().retrieve("R1002").pk

client.set_token("Token 0000")
client.session.headers.update({"Authorization": "Token 0000"})
seen["after the token ended"] = ChannelOrderEndpoint(channel_id=5).retrieve(7001).number

items = ChannelOrderItemEndpoint(channel_id=5)
seen["items"] = [item.pk for item in items.list(params={"order": 7002, "limit": 10})]
patched = ChannelOrderItemEndpoint(channel_id=5).update(8001, OrderItem(status="450", tracking_number="T1"))
seen["patched"] = [patched.status, patched.tracking_number, patched.price]
try:
    ChannelOrderItemEndpoint(channel_id=5).update(8001, OrderItem(status="999"))
    seen["unknown status"] = "taken"
except Exception as error:
    seen["unknown status"] = list(error.args[1])

info = Address(order=7001, order_number="R1001", shipping_company="yurtici", is_send=True)
created = ChannelOrderShippingInfoEndpoint(channel_id=5).create(info)
seen["shipping info"] = [created.order, created.shipping_company, type(created.pk).__name__]
seen["stores"] = [store.erp_code for store in ChannelRetailStoreEndpoint(channel_id=5).list(params={"erp_code": "S12"})]

print(json.dumps(seen))
