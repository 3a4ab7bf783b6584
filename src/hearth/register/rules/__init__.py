"""What the law and the policy say of homes, people and how they may be reached; pure."""
