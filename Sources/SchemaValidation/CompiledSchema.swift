import CJSONSchema

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Owns one schema of the C++ library.
final class CompiledSchema {
    private let handle: OpaquePointer

    init(_ schema: [UInt8]) throws(SchemaError) {
        var message: UnsafeMutablePointer<CChar>?
        guard let handle = configbus_schema_compile(schema, schema.count, &message) else {
            throw SchemaError(pointer: "", reason: Self.take(message))
        }
        self.handle = handle
    }

    deinit { configbus_schema_free(handle) }

    func validate(_ json: [UInt8]) throws(SchemaError) -> [SchemaViolation] {
        var message: UnsafeMutablePointer<CChar>?
        guard let report = configbus_schema_validate(handle, json, json.count, &message) else {
            throw SchemaError(pointer: "", reason: "the document cannot be checked: \(Self.take(message))")
        }
        defer { configbus_schema_report_free(report) }
        return (0..<configbus_schema_report_count(report)).map { index in
            SchemaViolation(
                pointer: String(cString: configbus_schema_report_pointer(report, index)),
                message: String(cString: configbus_schema_report_message(report, index)))
        }
    }

    private static func take(_ message: UnsafeMutablePointer<CChar>?) -> String {
        guard let message else { return "there is not enough memory." }
        defer { free(message) }
        return String(cString: message)
    }
}
