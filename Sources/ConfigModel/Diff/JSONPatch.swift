/// A JSON patch (RFC 6902): operations that are applied one after the other, all or none.
package struct JSONPatch: Sendable, Equatable {
    /// The operations, applied in this order.
    package let operations: [JSONPatchOperation]

    /// A patch of these operations.
    package init(_ operations: [JSONPatchOperation]) { self.operations = operations }

    /// Reads an array of operations.
    package init(json: JSONValue) throws(JSONPatchError) {
        guard case .array(let elements) = json else {
            throw JSONPatchError(operation: nil, reason: "it must be an array of operations, not \(json.kind)")
        }
        var operations: [JSONPatchOperation] = []
        for (index, element) in elements.enumerated() {
            do {
                operations.append(try JSONPatchOperation(json: element))
            } catch {
                throw JSONPatchError(operation: index, reason: error.reason)
            }
        }
        self.init(operations)
    }

    /// Appends the patch as a JSON array.
    package func appendJSON(to writer: inout JSONWriter) {
        writer.array { list in
            for operation in operations { operation.appendJSON(to: &list) }
        }
    }
}

/// A JSON patch that cannot be read or applied.
package struct JSONPatchError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Which operation, from 0; nil when it is the whole patch.
    package let operation: Int?
    /// What is wrong, without a full stop.
    package let reason: String
    /// Why it was given up, when nothing is wrong with the patch.
    package let limit: WorkLimit?

    init(operation: Int?, reason: String) {
        self.operation = operation
        self.reason = reason
        limit = nil
    }

    init(operation: Int, limit: WorkLimit) {
        self.operation = operation
        self.limit = limit
        reason = "it takes too much work; send fewer operations on large arrays and objects, or the whole content"
    }

    /// One sentence.
    package var description: String {
        guard let operation else { return "The patch cannot be applied: \(reason)." }
        return "The patch cannot be applied: operation \(operation) (counted from 0): \(reason)."
    }
}

extension JSONFieldError {
    /// The description as a part of another sentence.
    fileprivate var reason: String {
        var text = description
        while text.last == "." { text.removeLast() }
        return text
    }
}
