"""Everything that answers requests beside the Streamlit pages."""
