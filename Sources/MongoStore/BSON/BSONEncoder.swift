import CMongoC

/// Writes values into a `bson_t`; strings and binary data are copied once, into the document.
///
/// Every function is false when libbson refused, which it does above 2 GiB.
enum BSONEncoder {
    static func append(_ fields: BSONFields, to document: OpaquePointer) -> Bool {
        fields.fields.allSatisfy { append($0.value, named: $0.name, to: document) }
    }

    private static func append(_ value: BSONValue, named name: String, to document: OpaquePointer) -> Bool {
        let length = Int32(name.utf8.count)
        switch value {
        case .string(let text): return append(text, named: name, to: document)
        case .bool(let flag): return bson_append_bool(document, name, length, flag)
        case .int64(let number): return bson_append_int64(document, name, length, number)
        case .date(let milliseconds): return bson_append_date_time(document, name, length, milliseconds)
        case .timestamp(let seconds, let increment):
            return bson_append_timestamp(document, name, length, seconds, increment)
        case .binary(let bytes):
            return bson_append_binary(document, name, length, BSON_SUBTYPE_BINARY, bytes, UInt32(bytes.count))
        case .uuid(let bytes):
            return bson_append_binary(document, name, length, BSON_SUBTYPE_UUID, bytes, UInt32(bytes.count))
        case .array(let values):
            return BSONStorage.with { child in
                bson_append_array_begin(document, name, length, child)
                    && values.enumerated().allSatisfy { append($0.element, named: String($0.offset), to: child) }
                    && bson_append_array_end(document, child)
            }
        case .document(let fields):
            return BSONStorage.with { child in
                bson_append_document_begin(document, name, length, child)
                    && append(fields, to: child)
                    && bson_append_document_end(document, child)
            }
        }
    }

    /// With its length, because a comment may contain U+0000.
    private static func append(_ text: String, named name: String, to document: OpaquePointer) -> Bool {
        bson_append_utf8(document, name, Int32(name.utf8.count), text, Int32(text.utf8.count))
    }
}
