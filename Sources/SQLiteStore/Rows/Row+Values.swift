import ConfigModel
import Foundation
import GRDB

/// What is wrong with a row.
struct RowFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Values of exactly the types that were written. A column that is absent or null is nil, one of another type is a fault that
/// names it: the file may have been changed by another program, tables included.
extension Row {
    func optionalText(_ column: String) throws(RowFault) -> String? {
        try value(column, "text") { if case .string(let text) = $0 { text } else { nil } }
    }

    /// Text that may contain U+0000, see `AnyText`.
    func optionalAnyText(_ column: String) throws(RowFault) -> String? {
        try value(column, "text") { AnyText($0)?.text }
    }

    func optionalInt64(_ column: String) throws(RowFault) -> Int64? {
        try value(column, "a whole number") { if case .int64(let number) = $0 { number } else { nil } }
    }

    func text(_ column: String) throws(RowFault) -> String { try required(column, optionalText(column)) }

    func anyText(_ column: String) throws(RowFault) -> String { try required(column, optionalAnyText(column)) }

    func int64(_ column: String) throws(RowFault) -> Int64 { try required(column, optionalInt64(column)) }

    func bytes(_ column: String) throws(RowFault) -> [UInt8] {
        try required(column, value(column, "a BLOB") { if case .blob(let data) = $0 { Array(data) } else { nil } })
    }

    func documentKey() throws(RowFault) -> DocumentKey {
        let (service, environment) = (try text("service"), try text("environment"))
        do {
            return try DocumentKey(storedService: service, environment: environment)
        } catch {
            // Without the full stop.
            throw RowFault(String("\(error)".dropLast()))
        }
    }

    private func value<Value>(
        _ column: String, _ type: String, _ read: (DatabaseValue.Storage) -> Value?
    ) throws(RowFault) -> Value? {
        guard let stored = self[column] as (any DatabaseValueConvertible)? else { return nil }
        guard let value = read(stored.databaseValue.storage) else { throw RowFault("'\(column)' is not \(type)") }
        return value
    }

    private func required<Value>(_ column: String, _ value: Value?) throws(RowFault) -> Value {
        guard let value else { throw RowFault("'\(column)' is missing") }
        return value
    }
}
