"""What the law, the regulator and the policy say of this room; pure."""
