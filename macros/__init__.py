"""What a Markdown author may call: selects and shapes data, holds no markup."""
