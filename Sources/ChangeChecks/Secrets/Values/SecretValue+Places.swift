/// Values that say where a file or a service is.
extension SecretValue {
    /// A path or a URL. A password in the URL is found by another rule.
    var isPlace: Bool { isURL || isPath }

    private var isURL: Bool {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, bytes.has("//", at: colon + 1) else {
            return false
        }
        return ByteKinds.letter.include(bytes[0])
            && bytes.part(0..<colon).allSatisfy {
                ByteKinds.name.include($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: ":")
            }
    }

    private var isPath: Bool {
        switch bytes[0] {
        case UInt8(ascii: "/"): return isOfWords(bytes.part(from: 1), least: 2) || isKebab(bytes.part(from: 1))
        case UInt8(ascii: "."): return (bytes.has("./") || bytes.has("../")) && isOfWords(bytes, least: 2)
        case UInt8(ascii: "~"): return bytes.has("~/") && isOfWords(bytes.part(from: 2), least: 1)
        case UInt8(ascii: "\\"): return bytes.has("\\\\") && isOfWords(bytes.part(from: 2), least: 2)
        default: break
        }
        if bytes.has("classpath:") { return true }
        if ByteKinds.letter.include(bytes[0]), bytes.has(":\\", at: 1) || bytes.has(":/", at: 1) {
            return isOfWords(bytes.part(from: 3), least: 1)
        }
        return Self.extensions.contains { bytes.endsCaseless(in: $0) } && isOfWords(bytes, least: 1)
    }

    /// `/forgot-password`: one part, but of small letters.
    private func isKebab(_ part: ByteText) -> Bool { !part.isEmpty && part.consists(of: [.lower, .dash]) }

    /// Whether it consists of so many parts, each a word. What is random changes between capitals, small letters and digits more often.
    private func isOfWords(_ text: ByteText, least: Int) -> Bool {
        let parts = text.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
        return parts.count >= least && parts.allSatisfy { Self.isOfWords(ByteText(rebasing: $0)) }
    }

    private static func isOfWords(_ part: ByteText) -> Bool {
        var changes = 0
        for index in part.indices {
            let kind = ByteKinds(of: part[index])
            if !ByteKinds.name.union([.blank, .other]).include(part[index]) {
                // `${HOME}`, `{name}`, `*`, `@scope`, `#key`: what paths hold besides words.
                guard Self.inPaths.contains(part[index]) else { return false }
                continue
            }
            if index > 0, kind != ByteKinds(of: part[index - 1]), kind == .upper || kind == .digit { changes += 1 }
        }
        let capitals = part.count { ByteKinds.upper.include($0) }
        return capitals == 0 || capitals == part.count { ByteKinds.letter.include($0) }
            || changes * 3 <= part.count && !(part.holds(.digit) && changes > 2)
    }

    private static let inPaths = Array("${}*@#:()~%".utf8)
    private static let extensions: [StaticString] = [
        ".pem", ".key", ".crt", ".cer", ".der", ".jks", ".p12", ".pfx", ".txt", ".json", ".yml", ".yaml", ".toml",
        ".env", ".conf",
        ".ini", ".properties", ".cfg", ".gpg", ".asc", ".age", ".pub", ".p8", ".keystore", ".enc", ".password",
        ".secret", ".token",
        ".xml", ".sh", ".js", ".ts", ".html", ".php",
    ]
}
