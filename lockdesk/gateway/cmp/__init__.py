"""CMP: certificate management over HTTP by any CA that speaks it (RFC 4210, 9480, 9483, 9811)."""

from lockdesk.gateway.cmp.gateway import ADAPTER, CmpGateway, CmpSettings

__all__ = ["ADAPTER", "CmpGateway", "CmpSettings"]
