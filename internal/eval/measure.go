package eval

// Measure is one figure: what is measured, on which data, what came out, and what is asked of it.
// Value, Reach and Aim are in Unit: "%" (0–100), "MB/s", "sentences/s", "AP" (0–1) or "count".
type Measure struct {
	Name, Data        string
	Value, Reach, Aim float64
	Unit              string
}
