"""What agents know of a customer: the CRM's accounts beside the helpdesk's organizations."""
