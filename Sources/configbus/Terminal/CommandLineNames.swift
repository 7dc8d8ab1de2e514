/// What the registry calls by the names of HTTP, as the command line calls it.
enum CommandLineNames {
    private static let names = [
        ("from another request", "from another command or with other contents"),
        ("Idempotency-Key", "--idempotency-key"),
    ]

    /// The sentence with flags in the place of headers.
    static func flags(in sentence: String) -> String {
        names.reduce(sentence) { $0.replacing($1.0, with: $1.1) }
    }
}
