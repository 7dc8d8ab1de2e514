/// The same for fields that must be there.
extension BSONView {
    func string(_ name: String) throws(MongoFailure) -> String {
        try required(name, stringIfPresent(name))
    }

    func strings(_ name: String) throws(MongoFailure) -> [String] {
        try required(name, stringsIfPresent(name))
    }

    func int64(_ name: String) throws(MongoFailure) -> Int64 {
        try required(name, int64IfPresent(name))
    }

    func bool(_ name: String) throws(MongoFailure) -> Bool {
        try required(name, boolIfPresent(name))
    }

    func date(_ name: String) throws(MongoFailure) -> Int64 {
        try required(name, dateIfPresent(name))
    }

    func timestamp(_ name: String) throws(MongoFailure) -> Int64 {
        try required(name, timestampIfPresent(name))
    }

    func moment(_ name: String) throws(MongoFailure) -> (seconds: UInt32, increment: UInt32) {
        try required(name, momentIfPresent(name))
    }

    func binary(_ name: String) throws(MongoFailure) -> [UInt8] {
        try required(name, binaryIfPresent(name))
    }

    func document<Value>(
        _ name: String, _ body: (BSONView) throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> Value {
        try required(name, documentIfPresent(name, body))
    }

    private func required<Value>(_ name: String, _ value: Value?) throws(MongoFailure) -> Value {
        guard let value else { throw MongoFailure(.malformed, "'\(name)' is missing") }
        return value
    }
}
