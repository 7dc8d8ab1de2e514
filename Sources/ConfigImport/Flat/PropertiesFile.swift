/// A file of properties of Java: `name=value`, `name: value` or `name value` (`java.util.Properties`), in UTF-8.
struct PropertiesFile {
    struct Property: Equatable {
        let name: String
        let value: String
        let line: Int
    }

    /// The documents of the file, which lines `#---` divide; most have one.
    private(set) var documents: [[Property]] = [[]]
    private(set) var faults: [String] = []

    /// - Parameter name: what it is called in messages.
    init(_ bytes: [UInt8], name: String) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            faults = ["\(name): this is not UTF-8."]
            return
        }
        var reader = LineCursor(bytes)
        while !reader.isAtEnd {
            reader.skipBlanks()
            let line = reader.line
            switch reader.next {
            case UInt8(ascii: "#")?, UInt8(ascii: "!")?:
                let comment = reader.takeLine()
                if comment == Array("#---".utf8) || comment == Array("!---".utf8) { documents.append([]) }
            case UInt8(ascii: "\n")?, UInt8(ascii: "\r")?: _ = reader.take()
            case nil: break
            default:
                guard let property = Self.property(&reader) else {
                    faults.append("\(name), line \(line): an escape \\u has four hexadecimal digits of a character.")
                    continue
                }
                documents[documents.count - 1].append(
                    Property(name: property.name, value: property.value, line: line))
            }
        }
    }

    private static func property(_ reader: inout LineCursor) -> (name: String, value: String)? {
        var isWhole = true
        let name = text(&reader, upTo: "=: \t\u{c}", &isWhole)
        reader.skipBlanks()
        if reader.next == UInt8(ascii: "=") || reader.next == UInt8(ascii: ":") {
            _ = reader.take()
            reader.skipBlanks()
        }
        let value = text(&reader, upTo: "", &isWhole)
        _ = reader.take()
        return isWhole ? (name, value) : nil
    }

    /// Up to the end of the line, which a backslash takes away, or to one of some characters.
    private static func text(_ reader: inout LineCursor, upTo ends: String, _ isWhole: inout Bool) -> String {
        var units: [UInt16] = []
        var bytes: [UInt8] = []
        func flush() {
            units += Array(String(decoding: bytes, as: UTF8.self).utf16)
            bytes = []
        }
        while let byte = reader.next, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r"), !ends.utf8.contains(byte)
        {
            _ = reader.take()
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch reader.take() {
            case UInt8(ascii: "n")?: bytes.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "r")?: bytes.append(UInt8(ascii: "\r"))
            case UInt8(ascii: "t")?: bytes.append(UInt8(ascii: "\t"))
            case UInt8(ascii: "f")?: bytes.append(0x0c)
            case UInt8(ascii: "\n")?: reader.skipBlanks()
            case UInt8(ascii: "u")?:
                flush()
                if let unit = unit(&reader) { units.append(unit) } else { isWhole = false }
            case let other?: bytes.append(other)
            case nil: break
            }
        }
        flush()
        guard let text = String(validating: units, as: UTF16.self) else {
            isWhole = false
            return ""
        }
        return text
    }

    private static func unit(_ reader: inout LineCursor) -> UInt16? {
        var digits = ""
        while digits.utf8.count < 4, let byte = reader.next, byte < 0x80, byte > 0x20 {
            digits.unicodeScalars.append(Unicode.Scalar(byte))
            _ = reader.take()
        }
        guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit) else { return nil }
        return UInt16(digits, radix: 16)
    }
}
