import ConfigModel

extension JSONPointer {
    /// As the commands take it: `db.port`, or a JSON pointer where a key has a dot or would be read as something else.
    var place: String {
        let isPlain = tokens.allSatisfy { token in
            !token.isEmpty && !token.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "=") }
        }
        guard isPlain, let first = tokens.first?.utf8.first, first != UInt8(ascii: "/") else { return description }
        return tokens.joined(separator: ".")
    }
}
