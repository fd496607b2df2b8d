"""Who is who (统一身份认证): people, organizations, departments, accounts and what they may do."""
