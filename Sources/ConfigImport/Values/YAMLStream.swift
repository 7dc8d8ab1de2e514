import ConfigModel
import ConfigNotation

/// A text of several YAML documents, which lines `---` divide, or of one in JSON.
enum YAMLStream {
    /// Reads the documents; a part with nothing but comments is none.
    ///
    /// - Parameters:
    ///   - name: what the text is called in messages.
    ///   - isVersion11: it means what it means to readers of YAML 1.1.
    ///   - faults: what cannot be read, each a sentence with its line.
    static func read(_ bytes: [UInt8], name: String, isVersion11: Bool = false, _ faults: inout [String]) -> [JSONValue]
    {
        if bytes.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "{"),
            let value = try? JSONValue(parsing: bytes)
        {
            return [value]
        }
        var values: [JSONValue] = []
        for part in parts(of: bytes) where !part.isBlank {
            do throws(NotationError) {
                values.append(try YAMLText.read(Array(part.bytes), isVersion11: isVersion11))
            } catch {
                faults.append("\(name), line \(error.line + part.line): \(error.reason).")
            }
        }
        return values
    }

    private struct Part {
        var bytes: ArraySlice<UInt8>
        /// How many lines are before it.
        var line: Int

        /// True for blank lines and comments alone.
        var isBlank: Bool {
            bytes.split(separator: UInt8(ascii: "\n")).allSatisfy { line in
                let text = line.drop { " \t\r".utf8.contains($0) }
                return text.isEmpty || text.first == UInt8(ascii: "#") || text.elementsEqual("---".utf8)
                    || text.elementsEqual("---\r".utf8)
            }
        }
    }

    private static func parts(of bytes: [UInt8]) -> [Part] {
        var parts = [Part(bytes: bytes[0..<0], line: 0)]
        var start = 0
        var number = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
            if number > 0, isMarker(bytes[start..<end]) {
                parts.append(Part(bytes: bytes[start..<start], line: number))
            }
            let last = parts.count - 1
            parts[last].bytes = bytes[parts[last].bytes.startIndex..<end]
            start = end
            number += 1
        }
        return parts
    }

    /// `---` alone, or with a blank behind it. No text inside of a document has this at the start of a line.
    private static func isMarker(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.starts(with: "---".utf8) else { return false }
        let next = line.dropFirst(3).first
        return next == nil || " \t\r\n".utf8.contains(next ?? 0)
    }
}
