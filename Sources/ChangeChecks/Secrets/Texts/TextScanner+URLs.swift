/// Passwords in URLs.
extension TextScanner {
    /// What a colon can be part of: `scheme://user:password@host`, `Authorization: Bearer V`.
    mutating func lookBehindColon(at colon: Int) {
        if bytes.has("//", at: colon + 1) {
            if stands(.alphanumeric, at: colon - 1) { lookForURLPassword(from: colon + 3) }
        } else if stands(.blank, at: colon + 1) || stands(.letter, at: colon + 1) {
            lookForAuthorization(at: colon)
        }
    }

    /// The password stands between the first colon and the last `@` of the authority.
    private mutating func lookForURLPassword(from start: Int) {
        var end = start
        var colon: Int?
        var sign: Int?
        while end < bytes.count, !Self.endsAuthority(bytes[end]) {
            if bytes[end] == UInt8(ascii: ":"), colon == nil { colon = end }
            if bytes[end] == UInt8(ascii: "@") { sign = end }
            end += 1
        }
        count(looks: end - start)
        guard let colon, let sign, colon < sign else { return }
        let user = bytes.part(start..<colon)
        let password = bytes.part(colon + 1..<sign)
        let host = bytes.part(sign + 1..<end)
        guard !user.isTemplate, !user.has("["), !user.has("("), !password.isTemplate, !host.has("sha256:") else {
            return
        }
        switch SecretValue(password).verdictInURL {
        case .harmless: break
        case .weak: found.note(.urlPassword, at: colon + 1..<sign, warns: true)
        case .secret:
            found.note(
                .urlPassword, at: colon + 1..<sign, warns: isHarmlessLogin(user, password, at: host))
        }
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\\"), UInt8(ascii: "\""),
            UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "<"), UInt8(ascii: ">"), 0...0x20:
            true
        default: false
        }
    }

    /// The logins that come with a product, and are good for nothing elsewhere.
    private func isHarmlessLogin(_ user: ByteText, _ password: ByteText, at hosts: ByteText) -> Bool {
        guard user.elementsEqual(password) else { return false }
        return user.elementsEqual("guest".utf8)
            || hosts.split(separator: UInt8(ascii: ",")).allSatisfy { host in
                let host = ByteText(rebasing: host)
                for name in ["localhost", "127.", "[::1]"] as [StaticString] where host.hasCaseless(name) {
                    let next = name.utf8CodeUnitCount
                    if name.utf8Start[next - 1] == UInt8(ascii: ".") || next == host.count
                        || host[next] == UInt8(ascii: ":")
                    {
                        return true
                    }
                }
                return false
            }
    }
}

extension ByteText {
    /// Whether something else is put in its place, or it is the pattern of one: `${USER}`, `{{user}}`, `[^:]+`, `.*`.
    fileprivate var isTemplate: Bool {
        contains("${") || contains("{{") || contains("#{") || contains("$(") || contains("[^") || has(".*") || has(".+")
    }
}
