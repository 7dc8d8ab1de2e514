/// A number of things in words.
enum Count {
    /// `1 document`, `3 documents`.
    static func text(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
}
