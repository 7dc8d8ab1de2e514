/// The value of a setting with a secret name: whether it is a secret, or something that stands in its place.
struct SecretValue {
    /// What a value is.
    enum Verdict {
        /// No secret: a reference, a placeholder, a name, a sentence.
        case harmless
        /// A secret that everybody knows: `changeme`.
        case weak
        case secret
    }

    let bytes: ByteText

    /// White space around a value is no part of it.
    init(_ bytes: ByteText) {
        var part = bytes[...]
        while let last = part.last, ByteKinds.blank.include(last) { part.removeLast() }
        while let first = part.first, ByteKinds.blank.include(first) { part.removeFirst() }
        self.bytes = ByteText(rebasing: part)
    }

    /// What it is under a name.
    ///
    /// - Parameters:
    ///   - name: what the name says.
    ///   - key: the name itself; empty for a header.
    func verdict(under name: SecretName, called key: ByteText) -> Verdict {
        guard bytes.count >= 4, !isReference, !isSentence, !isConstant, !isPlaceholder, !isPlace, !isPasswordHash,
            !isPublic,
            !isExpression, !isWord, !isKnownExample
        else { return .harmless }
        if isChangeMe { return .weak }
        if !key.isEmpty, repeats(key) { return .harmless }
        // Who writes a text as a key has a translation as its value.
        if key.holds(.blank), bytes.holds(.blank) || !bytes.holds(.digit) { return .harmless }
        return name == .secret && namesAnObject ? .harmless : .secret
    }

    /// What it is as the password of a URL, where nothing but a password stands: numbers and words are passwords too.
    var verdictInURL: Verdict {
        if bytes.isEmpty || isPlaceholder || isReference || isKnownExample { return .harmless }
        return isChangeMe ? .weak : .secret
    }
}

extension SecretValue {
    /// A blank and no digit, characters beyond ASCII and no digit, or words among which some are such as only sentences have.
    private var isSentence: Bool {
        let hasDigit = bytes.holds(.digit)
        guard bytes.holds(.blank) else { return bytes.holds(.other) && (!hasDigit || bytes.contains("{")) }
        guard hasDigit else { return true }
        let words = bytes.split { !ByteKinds.letter.include($0) && !ByteKinds.other.include($0) }
        if words.count >= 3, bytes.holds(.other) || bytes.contains("{") && bytes.contains("}") { return true }
        let small = Set(words.map { ByteText(rebasing: $0).lowercased }).intersection(Self.smallWords)
        return small.count >= 2 || words.count >= 2 && !small.isDisjoint(with: Self.wordsOfHints)
    }

    /// Two of them make a sentence.
    private static let smallWords = Set<String>([
        "a", "an", "and", "at", "be", "been", "between", "by", "for", "from", "has", "have", "in", "is", "it", "not",
        "of", "older", "or",
        "than", "that", "the", "this", "to", "use", "was", "will", "with", "you", "your", "der", "die", "das", "ein",
        "eine", "ist",
        "nicht", "und", "oder", "le", "la", "un", "une", "est", "et", "ou", "el", "una", "es", "con",
    ]).union(wordsOfHints)

    /// One of them does, in what is said about passwords.
    private static let wordsOfHints: Set<String> = [
        "least", "minimum", "maximum", "must", "should", "character", "characters", "chars", "letters", "digit",
        "digits", "mindestens",
        "zeichen", "api", "token", "muss", "moins", "caractères", "doit", "menos", "caracteres", "debe",
    ]

    /// The examples that documentation shows, and texts of one character.
    private var isKnownExample: Bool { bytes.contains("EXAMPLE") || bytes.isOneCharacterRepeated }

    /// `changeme`, in the ways in which it is written.
    private var isChangeMe: Bool {
        guard bytes.count <= 16 else { return false }
        let letters = bytes.lowercased.filter { $0 != "_" && $0 != "-" && $0 != " " && $0 != "!" }
        return letters == "changeme" || letters == "changeit" || letters == "pleasechangeme" || letters == "changemenow"
    }

    /// Whether it only says again what its key says: the label `Password`, the form field `user_password`.
    private func repeats(_ key: ByteText) -> Bool {
        guard bytes.count <= 64, bytes.consists(of: [.letter, .dash, .underscore, .dot]),
            let value = KeyWords(bytes).words.last, let name = KeyWords(key).words.last
        else { return false }
        if ByteKinds.upper.include(bytes[0]), name.utf8.count >= 4, value.hasSuffix(name) { return true }
        if bytes.lowercased.filter({ $0.isLetter }) == key.lowercased.filter({ $0.isLetter }) { return true }
        return value == name || value + "s" == name || name.hasSuffix(value) && value.utf8.count >= 4
    }
}

extension ByteText {
    /// Six equal characters or more in a row, which no secret has.
    fileprivate var isOneCharacterRepeated: Bool {
        var equal = 1
        for index in indices.dropFirst() {
            equal = self[index] == self[index - 1] ? equal + 1 : 1
            if equal == 6 { return true }
        }
        return false
    }
}
