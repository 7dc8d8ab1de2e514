import SchemaValidation

/// Translates a pattern of ECMA-262 (with the flag `u`) to RE2: most of both is written alike, and what is not means
/// something else or nothing.
///
/// `^` and `$` are the ends of the whole text in both, `\d`, `\w` and `\b` are about ASCII in both.
struct ECMAPattern {
    /// What ECMA-262 counts as space and line end.
    private static let space =
        #"\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"#
    private static let notSpace = #"""
        \x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}\#
        \x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}
        """#

    private var rest: Substring.UnicodeScalarView
    private var output = ""

    static func translate(_ pattern: String) throws(SchemaPatternError) -> String {
        var translation = ECMAPattern(rest: pattern.unicodeScalars[...])
        while let scalar = translation.rest.popFirst() { try translation.translate(scalar) }
        return translation.output
    }

    private init(rest: Substring.UnicodeScalarView) { self.rest = rest }

    private mutating func translate(_ scalar: Unicode.Scalar) throws(SchemaPatternError) {
        switch scalar {
        case "\\": output += try escape(isInClass: false).text
        case ".": output += #"[^\n\r\x{2028}\x{2029}]"#
        case "[": try characterClass()
        case "(": try group()
        case "{": try repetition()
        case "^", "$", "|", ")", "*", "+", "?": output.unicodeScalars.append(scalar)
        default: output += Self.literal(scalar)
        }
    }

    private mutating func group() throws(SchemaPatternError) {
        output += "("
        guard take("?") else { return }
        for (start, name) in [("=", "look-ahead"), ("!", "look-ahead"), ("<=", "look-behind"), ("<!", "look-behind")]
        where rest.starts(with: start.unicodeScalars) {
            throw SchemaPatternError(
                reason: "(?\(start) is a \(name), which does not take linear time and is not supported.")
        }
        if take("<") {
            guard let end = rest.firstIndex(of: ">"), end != rest.startIndex else {
                throw SchemaPatternError(reason: "the name of a group does not end.")
            }
            rest = rest[rest.index(after: end)...]
        } else if !take(":") {
            throw SchemaPatternError(
                reason: "(? must be followed by ':', '<' with a name, or nothing that ECMA-262 has.")
        }
        output += "?:"
    }

    private mutating func repetition() throws(SchemaPatternError) {
        let counts = rest.prefix { $0 != "}" }
        let parts = counts.split(separator: ",", omittingEmptySubsequences: false)
        let areNumbers = parts.allSatisfy { part in part.allSatisfy { ("0"..."9").contains($0) } }
        guard counts.endIndex < rest.endIndex, parts.count <= 2, areNumbers, parts.first?.isEmpty == false else {
            throw SchemaPatternError(reason: #"'{' begins a number of repetitions; write \{ for the character."#)
        }
        guard parts.allSatisfy({ $0.isEmpty || Int(Substring($0)).map { $0 <= 1_000 } == true }) else {
            throw SchemaPatternError(
                reason: "more than 1000 repetitions are not supported; use minLength and maxLength for lengths.")
        }
        output += "{" + String(counts) + "}"
        rest = rest[rest.index(after: counts.endIndex)...]
    }

    /// Everything between brackets, written so that RE2 sees no syntax of its own in it.
    private mutating func characterClass() throws(SchemaPatternError) {
        let isNegated = take("^")
        var items = ""
        while !take("]") {
            let first = try classItem()
            let start = rest
            guard take("-"), rest.first != "]", rest.first != nil else {
                rest = start
                items += first.text
                continue
            }
            let last = try classItem()
            guard let from = first.scalar, let to = last.scalar else {
                items += first.text + Self.literal("-") + last.text
                continue
            }
            guard from <= to else { throw SchemaPatternError(reason: "a range of characters ends before it begins.") }
            items += Self.code(from) + "-" + Self.code(to)
        }
        // RE2 has no empty class: nothing is all but everything.
        let everything = #"\x{0}-\x{10ffff}"#
        let isInverted = items.isEmpty ? !isNegated : isNegated
        output += (isInverted ? "[^" : "[") + (items.isEmpty ? everything : items) + "]"
    }

    private mutating func classItem() throws(SchemaPatternError) -> Item {
        guard let scalar = rest.popFirst() else { throw SchemaPatternError(reason: "'[' has no ']' that ends it.") }
        return scalar == "\\" ? try escape(isInClass: true) : Item(scalar)
    }

    /// One character, or a set of characters.
    private struct Item {
        let text: String
        var scalar: Unicode.Scalar?

        init(_ scalar: Unicode.Scalar) {
            self.scalar = scalar
            text = ECMAPattern.literal(scalar)
        }

        init(set text: String) { self.text = text }
    }

    private mutating func escape(isInClass: Bool) throws(SchemaPatternError) -> Item {
        guard let scalar = rest.popFirst() else {
            throw SchemaPatternError(reason: #"a single '\' stands at the end."#)
        }
        switch scalar {
        case "d", "D", "w", "W": return Item(set: "\\\(scalar)")
        case "b" where isInClass: return Item("\u{8}")
        case "b", "B": return Item(set: "\\\(scalar)")
        case "s": return Item(set: isInClass ? Self.space : "[\(Self.space)]")
        case "S": return Item(set: isInClass ? Self.notSpace : "[\(Self.notSpace)]")
        case "t": return Item("\t")
        case "n": return Item("\n")
        case "v": return Item("\u{b}")
        case "f": return Item("\u{c}")
        case "r": return Item("\r")
        case "0" where rest.first.map({ !("0"..."9").contains($0) }) ?? true: return Item("\0")
        case "1"..."9", "k":
            throw SchemaPatternError(
                reason: "\\\(scalar) is a back reference, which does not take linear time and is not supported.")
        case "c":
            guard let letter = rest.popFirst(), letter.isASCII, letter.properties.isAlphabetic else {
                throw SchemaPatternError(reason: #"\c must be followed by a letter."#)
            }
            return Item(Unicode.Scalar(UInt8(letter.value & 31)))
        case "x": return Item(try hexadecimal(2))
        case "u": return Item(try codePoint())
        case "p", "P": return Item(set: try property("\\\(scalar)"))
        default:
            guard scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) else {
                throw SchemaPatternError(reason: "\\\(scalar) is no escape of ECMA-262.")
            }
            return Item(scalar)
        }
    }

    private mutating func digits(_ count: Int) throws(SchemaPatternError) -> UInt32 {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(\.properties.isASCIIHexDigit),
            let value = UInt32(Substring(digits), radix: 16)
        else { throw SchemaPatternError(reason: "an escape needs \(count) hexadecimal digits.") }
        rest = rest[digits.endIndex...]
        return value
    }

    private mutating func hexadecimal(_ count: Int) throws(SchemaPatternError) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(try digits(count)) else { throw Self.noCharacter }
        return scalar
    }

    private static let noCharacter = SchemaPatternError(
        reason: #"a \u escape names no character: half of a pair, or too large."#)

    /// `\u0041`, `\ud83d\ude00` for one character, or `\u{1f600}`.
    private mutating func codePoint() throws(SchemaPatternError) -> Unicode.Scalar {
        if take("{") {
            let digits = rest.prefix { $0 != "}" }
            guard let value = UInt32(Substring(digits), radix: 16), let scalar = Unicode.Scalar(value),
                digits.endIndex < rest.endIndex
            else { throw Self.noCharacter }
            rest = rest[rest.index(after: digits.endIndex)...]
            return scalar
        }
        let first = try digits(4)
        guard (0xd800..<0xdc00).contains(first) else {
            guard let scalar = Unicode.Scalar(first) else { throw Self.noCharacter }
            return scalar
        }
        guard take("\\"), take("u") else { throw Self.noCharacter }
        let second = try digits(4)
        guard (0xdc00..<0xe000).contains(second),
            let scalar = Unicode.Scalar(0x1_0000 + (first & 0x3ff) << 10 + (second & 0x3ff))
        else { throw Self.noCharacter }
        return scalar
    }

    /// RE2 knows the short names of general categories and the names of scripts.
    private mutating func property(_ start: String) throws(SchemaPatternError) -> String {
        guard take("{"), let end = rest.firstIndex(of: "}") else {
            throw SchemaPatternError(reason: "\(start) must be followed by a property of Unicode in braces.")
        }
        let name = String(rest[..<end])
        rest = rest[rest.index(after: end)...]
        let parts = name.split(separator: "=").map(String.init)
        let isScript = parts.count == 2 && ["Script", "sc"].contains(parts[0])
        let isCategory = parts.count == 1 || parts.count == 2 && ["General_Category", "gc"].contains(parts[0])
        guard isScript || isCategory, let value = parts.last else {
            throw SchemaPatternError(reason: "the property \(name) is not supported.")
        }
        let category = GeneralCategory.shortNames[value]
        guard let known = isScript ? value : category else {
            throw SchemaPatternError(reason: "the property \(name) is not supported.")
        }
        return "\(start){\(known)}"
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }

    private static func code(_ scalar: Unicode.Scalar) -> String { #"\x{"# + String(scalar.value, radix: 16) + "}" }

    private static func literal(_ scalar: Unicode.Scalar) -> String {
        let isPlain = !scalar.isASCII || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        return isPlain ? String(scalar) : code(scalar)
    }
}
