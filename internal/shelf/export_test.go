package shelf

// Most sets how large a file may be, for a test of the bound.
func Most(s *Service, bytes int64) { s.most = bytes }
