/// The keys and tokens that say whose they are.
extension TextScanner {
    /// More than any of them needs, and few enough to look at.
    private static let longestLook = 128

    mutating func lookForProviderKey(at index: Int) {
        switch bytes[index] {
        case UInt8(ascii: "A"): lookForA(at: index)
        case UInt8(ascii: "S"): lookForSendGrid(at: index)
        case UInt8(ascii: "g"): lookForG(at: index)
        case UInt8(ascii: "h"): lookForH(at: index)
        case UInt8(ascii: "n"): lookForFixed("npm_", at: index, .alphanumeric, 36, .npm)
        case UInt8(ascii: "p"):
            lookForOpen("pypi-", at: index, .base64URL, 50, .pypi) { $0.has("AgEIcHlwaS5vcmc") }
        case UInt8(ascii: "r"): lookForStripe(at: index)
        case UInt8(ascii: "s"):
            lookForStripe(at: index)
            lookForModelKey(at: index)
        case UInt8(ascii: "x"): lookForSlack(at: index)
        default: break
        }
    }

    /// A prefix and as many characters as it always has; one more makes it something else.
    private mutating func lookForFixed(
        _ prefix: StaticString, at index: Int, _ kinds: ByteKinds, _ length: Int, _ rule: SecretRule
    ) {
        guard bytes.has(prefix, at: index) else { return }
        let start = index + prefix.utf8CodeUnitCount
        guard run(of: kinds, from: start, atMost: length) == length, !stands(.alphanumeric, at: start + length) else {
            return
        }
        note(rule, secret: start..<start + length)
    }

    /// A prefix and at least so many characters.
    private mutating func lookForOpen(
        _ prefix: StaticString, at index: Int, _ kinds: ByteKinds, _ least: Int, _ rule: SecretRule,
        warns: Bool = false,
        where accepts: (ByteText) -> Bool = { _ in true }
    ) {
        guard bytes.has(prefix, at: index) else { return }
        let start = index + prefix.utf8CodeUnitCount
        let length = run(of: kinds, from: start, atMost: Self.longestLook)
        guard length >= least, accepts(bytes.part(start..<start + length)) else { return }
        note(rule, secret: start..<start + length, warns: warns)
    }

    private mutating func lookForA(at index: Int) {
        guard index + 4 < bytes.count else { return }
        switch bytes[index + 1] {
        case UInt8(ascii: "K"), UInt8(ascii: "S"):
            guard bytes.has("IA", at: index + 2), !stands(.underscore, at: index - 1) else { return }
            let start = index + 4
            guard run(of: .alphanumeric, from: start, atMost: 17) == 16, !stands(.underscore, at: start + 16),
                bytes.part(start..<start + 16).allSatisfy(Self.isBase32)
            else { return }
            note(.aws, secret: start..<start + 16)
        case UInt8(ascii: "I"): lookForFixed("AIza", at: index, .base64URL, 35, .google)
        case UInt8(ascii: "G"): lookForFixed("AGE-SECRET-KEY-1", at: index, [.upper, .digit], 58, .privateKey)
        case UInt8(ascii: "c"): lookForAccountKey(at: index)
        default: break
        }
    }

    private static func isBase32(_ byte: UInt8) -> Bool {
        (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z"))
            || (byte >= UInt8(ascii: "2") && byte <= UInt8(ascii: "7"))
    }

    private mutating func lookForAccountKey(at index: Int) {
        guard bytes.has("AccountKey=", at: index) else { return }
        let start = index + 11
        let end = start + 86
        guard bytes.has("==", at: end), bytes.part(start..<end).allSatisfy(Self.isBase64) else { return }
        note(.azure, secret: start..<end)
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/") || ByteKinds.alphanumeric.include(byte)
    }

    private mutating func lookForSendGrid(at index: Int) {
        guard bytes.has("SG.", at: index), bytes.count > index + 25, bytes[index + 25] == UInt8(ascii: "."),
            run(of: .base64URL, from: index + 3, atMost: 22) == 22,
            run(of: .base64URL, from: index + 26, atMost: 44) == 43
        else { return }
        note(.sendgrid, secret: index + 3..<index + 69)
    }

    private mutating func lookForG(at index: Int) {
        guard index + 4 < bytes.count else { return }
        if bytes[index + 1] == UInt8(ascii: "h"), bytes[index + 3] == UInt8(ascii: "_") {
            switch bytes[index + 2] {
            case UInt8(ascii: "p"), UInt8(ascii: "o"), UInt8(ascii: "u"), UInt8(ascii: "s"), UInt8(ascii: "r"):
                let length = run(of: .alphanumeric, from: index + 4, atMost: Self.longestLook)
                if length >= 36 { note(.github, secret: index + 4..<index + 4 + length) }
            default: break
            }
        } else {
            lookForFixed("github_pat_", at: index, [.alphanumeric, .underscore], 82, .github)
            lookForOpen("glpat-", at: index, .base64URL, 20, .gitlab) { $0.holds([.digit, .upper]) }
        }
    }

    private mutating func lookForH(at index: Int) {
        guard index + 4 < bytes.count else { return }
        switch bytes[index + 1] {
        case UInt8(ascii: "v"):
            lookForOpen("hvs.", at: index, .base64URL, 24, .vault) { $0.holds([.digit, .upper]) }
            lookForOpen("hvb.", at: index, .base64URL, 24, .vault) { $0.holds([.digit, .upper]) }
        case UInt8(ascii: "f"): lookForFixed("hf_", at: index, .letter, 34, .huggingface)
        case UInt8(ascii: "o"): lookForSlackHook(at: index)
        default: break
        }
    }

    private mutating func lookForStripe(at index: Int) {
        guard index + 8 < bytes.count, bytes[index + 1] == UInt8(ascii: "k"), bytes[index + 2] == UInt8(ascii: "_")
        else {
            return
        }
        lookForOpen("_live_", at: index + 2, .alphanumeric, 16, .stripe)
        lookForOpen("_test_", at: index + 2, .alphanumeric, 16, .stripe, warns: true)
    }

    /// `sk-` is also how words such as `sk-cube-grid` begin: those have no digit and no capital.
    private mutating func lookForModelKey(at index: Int) {
        guard bytes.has("sk-", at: index), !stands([.dash, .underscore], at: index - 1) else { return }
        if bytes.has("ant-", at: index + 3) {
            lookForOpen("sk-ant-", at: index, .base64URL, 40, .anthropic)
        } else {
            lookForOpen("sk-", at: index, .base64URL, 40, .openai) { text in
                text.part(from: text.has("proj-") ? 5 : 0).count >= 40 && text.holds([.digit, .upper])
            }
        }
    }

    /// What is only spelled like one, `xoxb-your-token-here`, has no digit.
    private mutating func lookForSlack(at index: Int) {
        guard bytes.has("xox", at: index), index + 4 < bytes.count, bytes[index + 4] == UInt8(ascii: "-") else {
            return
        }
        switch bytes[index + 3] {
        case UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "e"), UInt8(ascii: "o"), UInt8(ascii: "p"),
            UInt8(ascii: "r"), UInt8(ascii: "s"):
            lookForOpen("-", at: index + 4, [.alphanumeric, .dash], 10, .slack) { $0.holds(.digit) }
        default: break
        }
    }

    private mutating func lookForSlackHook(at index: Int) {
        let prefix: StaticString = "hooks.slack.com/services/"
        guard bytes.has(prefix, at: index) else { return }
        var start = index + prefix.utf8CodeUnitCount
        for letter in [UInt8(ascii: "T"), UInt8(ascii: "B")] {
            guard start < bytes.count, bytes[start] == letter else { return }
            let length = run(of: [.upper, .digit], from: start, atMost: 32)
            guard length >= 6, start + length < bytes.count, bytes[start + length] == UInt8(ascii: "/") else { return }
            start += length + 1
        }
        let length = run(of: .alphanumeric, from: start, atMost: 64)
        if length >= 16 { note(.slack, secret: start..<start + length) }
    }
}

extension ByteText {
    /// Whether a secret is one of those that documentation shows: six equal characters, `123456`, `EXAMPLE`.
    var isExample: Bool {
        var equal = 1
        for index in indices.dropFirst() {
            equal = self[index] == self[index - 1] ? equal + 1 : 1
            if equal == 6 { return true }
        }
        return contains("123456") || contains("EXAMPLE")
    }
}
