/// A number of things in words.
enum Count {
    /// `1 document`, `3 documents`.
    static func text(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
}

/// What is said of documents that the caller may not read.
enum HiddenDocuments {
    /// Those that do not fit a schema.
    static func breaking(_ count: Int64) -> String {
        count == 1
            ? "1 more does not fit, which you may not read." : "\(count) more do not fit, which you may not read."
    }

    /// Those that were looked at.
    static func lookedAt(_ count: Int64) -> String {
        count == 1
            ? "1 more was looked at, which you may not read." : "\(count) more were looked at, which you may not read."
    }

    /// Findings about them, and who can go on.
    ///
    /// - Parameter shown: how many findings are shown beside them.
    static func found(_ count: Int64, beside shown: Int) -> String {
        let subject =
            switch (count, shown) {
            case (1, 0): "The finding is about an environment"
            case (_, 0): "The findings are about environments"
            case (1, _): "1 more is about an environment"
            default: "\(count) more are about environments"
            }
        return
            "\(subject) that you may not read: an identity that may read there sees what does not fit, and an admin lets "
            + "it pass with --override schema."
    }
}
