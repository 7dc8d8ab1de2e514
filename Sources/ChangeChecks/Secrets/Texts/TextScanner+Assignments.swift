/// Secrets that a text assigns to a name: `Password=V` of a connection string, `KEY=V` of a list, `--key=V` of a command.
extension TextScanner {
    /// The longest name that is read.
    private static let longestName = 64

    mutating func lookForAssignment(at equals: Int) {
        guard position != .key, equals >= judged, equals + 1 < bytes.count, !isComparison(at: equals) else { return }
        let end = equals > 0 && bytes[equals - 1] == UInt8(ascii: " ") ? equals - 1 : equals
        var start = end
        let limit = max(0, end - Self.longestName)
        while start > limit, stands(.name, at: start - 1) { start -= 1 }
        count(looks: end - start)
        guard start < end, let name = SecretName(bytes.part(start..<end)), name != .authorization, name != .logins
        else {
            return
        }
        let isOption = bytes[start] == UInt8(ascii: "-")
        let isWhole = start == 0 && end == equals && position == .element
        guard let value = value(from: equals + 1, isWhole: isWhole) else { return }
        if !isWhole { judged = value.upperBound }
        // Outside of lists and commands only passwords are taken at their word: much is assigned to tokens in texts.
        guard isWhole || isOption || name == .password || bytes.part(value).isGenerated else { return }
        note(SecretValue(bytes.part(value)).verdict(under: name, called: bytes.part(start..<end)), at: value)
    }

    /// `==`, `=>`, `=~"`: nothing is assigned.
    private func isComparison(at equals: Int) -> Bool {
        switch bytes[equals + 1] {
        case UInt8(ascii: "="), UInt8(ascii: ">"): true
        case UInt8(ascii: "~"): bytes.has("\"", at: equals + 2)
        default: false
        }
    }

    /// Where the value is; nil when it begins like the pattern of one.
    private mutating func value(from equals: Int, isWhole: Bool) -> Range<Int>? {
        var start = equals
        if !isWhole, bytes[start] == UInt8(ascii: " ") { start += 1 }
        guard start < bytes.count else { return nil }
        var end = start
        switch bytes[start] {
        case UInt8(ascii: "\\"), UInt8(ascii: "("), UInt8(ascii: "*"), UInt8(ascii: "."), UInt8(ascii: "?"),
            UInt8(ascii: "="):
            return nil
        case let quote where quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"):
            start += 1
            end = start
            while end < bytes.count, bytes[end] != quote { end += 1 }
        default:
            if isWhole { end = bytes.count }
            while end < bytes.count, !Self.endsValue(bytes[end]) { end += 1 }
        }
        count(looks: end - start)
        return start..<end
    }

    private static func endsValue(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "`"), UInt8(ascii: ")"), UInt8(ascii: "]"), 0...0x20:
            true
        default: false
        }
    }

    /// `Authorization: Bearer V`, as a line of headers has it.
    mutating func lookForAuthorization(at colon: Int) {
        guard position != .key, bytes.part(0..<colon).endsCaseless(in: "authorization") else { return }
        var start = colon + 1
        while start < bytes.count, bytes[start] == UInt8(ascii: " ") { start += 1 }
        guard let credentials = bytes.part(from: start).credentials else { return }
        count(looks: credentials.count)
        // Behind the name of the scheme.
        note(
            SecretValue(credentials).verdict(under: .authorization, called: bytes.part(0..<0)),
            at: start..<start + 6 + credentials.count)
    }

    private mutating func note(_ verdict: SecretValue.Verdict, at place: Range<Int>) {
        switch verdict {
        case .harmless: break
        case .weak: found.note(.named, at: place, warns: true)
        case .secret: found.note(.named, at: place)
        }
    }
}

extension ByteText {
    /// What follows `Bearer` or `Basic` (RFC 9110, section 11.4); nil for other ways to log in, and for what no login can be.
    var credentials: ByteText? {
        for scheme in ["bearer ", "basic "] as [StaticString] where hasCaseless(scheme) {
            let value = part(from: scheme.utf8CodeUnitCount)
            let start = value.firstIndex { $0 != UInt8(ascii: " ") } ?? 0
            let end = value[start...].firstIndex { !Self.isOfCredentials($0) } ?? value.count
            // What goes on with something else, `base64(user:password)`, is a description.
            guard end == value.count || Self.followsCredentials(value[end]) else { return nil }
            return value.part(start..<end)
        }
        return nil
    }

    private static func isOfCredentials(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "~"): true
        default: ByteKinds.name.include(byte)
        }
    }

    private static func followsCredentials(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: ","), UInt8(ascii: ";"),
            UInt8(ascii: "\\"), 0...0x20:
            true
        default: false
        }
    }

    /// Whether it has the looks of something that no person has made up: long, letters and digits.
    fileprivate var isGenerated: Bool { count >= 8 && holds(.digit) && holds(.letter) }
}
