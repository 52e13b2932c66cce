"""What can happen to a pack: on the sender's side, and on the receiver's."""
