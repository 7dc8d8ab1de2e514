/// How much work a text may ask for.
enum NotationLimits {
    /// Collections inside one another. More than the 64 levels of a document's content, and little enough for any stack.
    static let depth = 100

    /// Bytes and values after aliases were followed; more than any content can have (8 MiB).
    static let weight = 16 << 20

    /// Digits of an integer that is not decimal: turning it into a decimal one takes the square of their number.
    static let digits = 4_096
}
