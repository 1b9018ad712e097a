package eval

// SentenceMeasures measures the cutting of sentences on dataDir/eval/sentences and dataDir/gold.
func SentenceMeasures(dataDir string) ([]Measure, error) { return nil, nil }
