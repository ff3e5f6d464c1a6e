"""The embedded practice CA: a real X.509 authority in its own encrypted file."""

from lockdesk.gateway.training.behaviour import Behaviour, BehaviourSource, Switchboard
from lockdesk.gateway.training.gateway import TrainingGateway
from lockdesk.gateway.training.seeds import SeedCertificate, load_seeds

__all__ = ["Behaviour", "BehaviourSource", "SeedCertificate", "Switchboard", "TrainingGateway", "load_seeds"]
