"""What people do about requests and about records past their date."""
