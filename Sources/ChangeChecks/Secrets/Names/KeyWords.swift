/// The words of a key: `spring.datasource.dbPassword` is `spring`, `datasource`, `db`, `password`.
struct KeyWords {
    /// In lower case; digits behind a word are no part of it.
    let words: [String]

    /// Only what stands behind the last slash counts: `no-secrets/no-secrets` is a rule of a plugin.
    init(_ key: ByteText) {
        let start = key.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        var words: [String] = []
        var word: [UInt8] = []
        for index in start..<key.count {
            let kind = ByteKinds(of: key[index])
            if Self.begins(kind, at: index, of: key, from: start), !word.isEmpty {
                words.append(String(decoding: word, as: UTF8.self))
                word.removeAll(keepingCapacity: true)
            }
            if kind == .lower || kind == .upper || kind == .other { word.append(key[index].lowercased) }
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        self.words = words
    }

    /// Whether a new word begins: behind a separator, at the capital of `dbPassword`, at the last one of `DBPassword`.
    private static func begins(_ kind: ByteKinds, at index: Int, of key: ByteText, from start: Int) -> Bool {
        guard index > start else { return false }
        let before = ByteKinds(of: key[index - 1])
        switch kind {
        case .upper:
            let next = index + 1 < key.count ? ByteKinds(of: key[index + 1]) : []
            return before != .upper || next == .lower
        case .lower, .other: return before != .upper && before != .lower && before != .other
        default: return true
        }
    }
}
