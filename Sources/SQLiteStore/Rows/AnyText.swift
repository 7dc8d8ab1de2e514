import Foundation
import GRDB

/// Text that may contain U+0000, where SQLite's own text would end: such text is kept as a BLOB.
struct AnyText: DatabaseValueConvertible {
    let text: String

    init(_ text: String) { self.text = text }

    var databaseValue: DatabaseValue {
        text.utf8.contains(0) ? Data(text.utf8).databaseValue : text.databaseValue
    }

    /// Nil for a value that is neither text nor text in bytes.
    init?(_ storage: DatabaseValue.Storage) {
        switch storage {
        case .string(let text): self.text = text
        case .blob(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
            self.text = text
        case .null, .int64, .double: return nil
        }
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> AnyText? { AnyText(value.storage) }
}
