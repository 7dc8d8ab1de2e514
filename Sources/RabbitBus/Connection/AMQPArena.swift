import CRabbitMQ

/// A value in an AMQP table.
enum AMQPValue {
    case flag(Bool)
    case integer(Int32)
    case text(String)
    case texts([String])
    case table([(key: String, value: AMQPValue)])
}

/// The memory behind the texts and tables of one call into the library, freed when the call is over.
///
/// The library takes pointers, and a pointer that Swift lends out dies with the call it was lent for; so everything is
/// copied here. Keep the arena alive beyond the call with `withExtendedLifetime`.
struct AMQPArena: ~Copyable {
    private var blocks: [UnsafeMutableRawPointer] = []

    deinit {
        for block in blocks { block.deallocate() }
    }

    mutating func text(_ text: String) -> amqp_bytes_t {
        var text = text
        return text.withUTF8 { source in
            let copy = allocate(UInt8.self, count: source.count)
            _ = copy.initialize(from: source)
            return amqp_bytes_t(len: source.count, bytes: copy.baseAddress)
        }
    }

    mutating func table(_ members: [(key: String, value: AMQPValue)]) -> amqp_table_t {
        let entries = allocate(amqp_table_entry_t.self, count: members.count)
        for (index, member) in members.enumerated() {
            let entry = amqp_table_entry_t(key: text(member.key), value: field(member.value))
            entries.initializeElement(at: index, to: entry)
        }
        return amqp_table_t(num_entries: Int32(members.count), entries: entries.baseAddress)
    }

    private mutating func field(_ value: AMQPValue) -> amqp_field_value_t {
        var field = amqp_field_value_t()
        switch value {
        case .flag(let flag):
            field.kind = UInt8(AMQP_FIELD_KIND_BOOLEAN.rawValue)
            field.value.boolean = flag ? 1 : 0
        case .integer(let integer):
            field.kind = UInt8(AMQP_FIELD_KIND_I32.rawValue)
            field.value.i32 = integer
        case .text(let text):
            field.kind = UInt8(AMQP_FIELD_KIND_UTF8.rawValue)
            field.value.bytes = self.text(text)
        case .texts(let texts):
            field.kind = UInt8(AMQP_FIELD_KIND_ARRAY.rawValue)
            field.value.array = array(texts)
        case .table(let members):
            field.kind = UInt8(AMQP_FIELD_KIND_TABLE.rawValue)
            field.value.table = table(members)
        }
        return field
    }

    private mutating func array(_ texts: [String]) -> amqp_array_t {
        let entries = allocate(amqp_field_value_t.self, count: texts.count)
        for (index, text) in texts.enumerated() {
            entries.initializeElement(at: index, to: field(.text(text)))
        }
        return amqp_array_t(num_entries: Int32(texts.count), entries: entries.baseAddress)
    }

    private mutating func allocate<Element>(_ type: Element.Type, count: Int) -> UnsafeMutableBufferPointer<Element> {
        let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: count)
        if let start = buffer.baseAddress { blocks.append(UnsafeMutableRawPointer(start)) }
        return buffer
    }
}

extension String {
    /// Copies text that the library lent.
    init(_ bytes: amqp_bytes_t) {
        self.init(decoding: UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.len), as: UTF8.self)
    }
}
