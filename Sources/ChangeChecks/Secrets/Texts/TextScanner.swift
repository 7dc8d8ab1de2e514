import ConfigModel

/// Searches one text for secrets, in one pass over its bytes.
///
/// Each byte is looked up in a table; only where a secret can begin, something more is looked at, and no more of the text than a
/// fixed number of bytes, or a stretch that no later look goes over again. So the work grows with the length of the text and nothing
/// else.
struct TextScanner {
    /// Where a text stands, which decides how `KEY=VALUE` in it is read.
    enum Position {
        case value
        /// An element of a list: `KEY=VALUE` may be all of it.
        case element
        /// A key of an object, in which nothing is assigned.
        case key
    }

    /// No rule finds anything in a shorter text.
    static let shortestText = 8

    let bytes: ByteText
    let position: Position
    /// What was found.
    var found = FoundRules()
    /// Where the last value ends that was assigned to a secret name: what is assigned inside of it is a part of it.
    var judged = 0
    /// How many bytes were looked at more closely.
    private(set) var looks = 0

    init(_ bytes: ByteText, position: Position = .value) {
        self.bytes = bytes
        self.position = position
    }

    /// The rules that a text breaks.
    static func rules(in text: String, position: Position = .value) -> FoundRules {
        guard text.utf8.count >= shortestText else { return FoundRules() }
        return UTF8Order.withBytes(text) { bytes in
            var scanner = TextScanner(bytes, position: position)
            scanner.scan()
            return scanner.found
        }
    }

    /// Goes over the text.
    mutating func scan() {
        var previous: FirstByte = []
        for index in 0..<bytes.count {
            let first = FirstByte(of: bytes[index])
            if first.contains(.anywhere) || (first.contains(.beginsWord) && !previous.contains(.word)) {
                look(at: index)
            }
            previous = first
        }
    }

    private mutating func look(at index: Int) {
        switch bytes[index] {
        case UInt8(ascii: "-"): lookForPrivateKey(at: index)
        case UInt8(ascii: ":"): lookBehindColon(at: index)
        case UInt8(ascii: "="): lookForAssignment(at: index)
        case UInt8(ascii: "e"): lookForWebToken(at: index)
        case UInt8(ascii: "c"): lookForOwnToken(at: index)
        default: lookForProviderKey(at: index)
        }
    }

    /// How many bytes from an offset on are of some kinds, but no more than a limit.
    mutating func run(of kinds: ByteKinds, from start: Int, atMost limit: Int) -> Int {
        var index = start
        let end = min(bytes.count, start + limit)
        while index < end, kinds.include(bytes[index]) { index += 1 }
        looks += index - start + 1
        return index - start
    }

    /// Notes how many bytes were looked at by other means.
    mutating func count(looks: Int) { self.looks += looks }

    /// Whether a byte of some kinds stands at an offset.
    func stands(_ kinds: ByteKinds, at index: Int) -> Bool {
        index >= 0 && index < bytes.count && kinds.include(bytes[index])
    }

    /// Notes a rule, unless the secret part is one of an example.
    mutating func note(_ rule: SecretRule, secret: Range<Int>, warns: Bool = false) {
        looks += secret.count
        guard !bytes.part(secret).isExample else { return }
        found.note(rule, at: secret, warns: warns)
    }
}
