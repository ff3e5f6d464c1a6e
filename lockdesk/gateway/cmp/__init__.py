"""CMP: certificate management over HTTP by any CA that speaks it (RFC 4210, 9480, 9483, 9811)."""

from lockdesk.gateway.cmp.gateway import ADAPTER, FIELDS, CmpGateway, CmpSettings

__all__ = ["ADAPTER", "FIELDS", "CmpGateway", "CmpSettings"]
