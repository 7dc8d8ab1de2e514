import Foundation
import GRDB

/// Text that may contain U+0000, where SQLite's own text would end: such text is kept as a BLOB.
struct AnyText: DatabaseValueConvertible {
    let text: String

    init(_ text: String) { self.text = text }

    var databaseValue: DatabaseValue {
        text.utf8.contains(0) ? Data(text.utf8).databaseValue : text.databaseValue
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> AnyText? {
        switch value.storage {
        case .string(let text): AnyText(text)
        case .blob(let bytes): String(validating: bytes, as: UTF8.self).map { AnyText($0) }
        case .null, .int64, .double: nil
        }
    }
}
