package keys

// Unseen returns a function that reports, for each key that it is given, whether that is the first
// time.
func Unseen[K comparable]() func(K) bool {
	seen := make(map[K]bool)
	return func(k K) bool {
		before := seen[k]
		seen[k] = true
		return !before
	}
}
