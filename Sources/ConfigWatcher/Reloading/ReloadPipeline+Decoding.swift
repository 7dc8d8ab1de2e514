import AsyncSupport
import ConfigModel
import Synchronization

extension ReloadPipeline {
    /// A call that makes a value.
    typealias DecodeCall = Completion<Result<Value, any Error>>

    /// How many calls may be left behind whatever other documents do: each has a thread. More may while all documents
    /// together do not have too many, so that a good version comes after many that hang.
    private static var alwaysLeftBehind: Int { 3 }

    /// Makes the value within the time limit. A call that takes longer is left behind, and the next version has a call of its
    /// own.
    ///
    /// - Throws: what decoding throws, or why it was not tried or not waited for.
    func decode(_ input: DecoderInput) async throws -> Value {
        guard decoder.runsApplicationCode else { return try decoder.decode(input) }
        let open = leftBehind.withLock { calls in
            calls.removeAll { $0.current != nil }
            return calls.count
        }
        guard open < Self.alwaysLeftBehind || lanes.hasRoom else { throw DecodingLeftBehind(count: open) }
        let call = DecodeCall()
        let result = await lanes.run(within: validationTimeout, into: call) { [decoder] in
            Result { try decoder.decode(input) }
        }
        if let result { return try result.get() }
        leftBehind.withLock { $0.append(call) }
        lanes.leaveBehind { call.current != nil }
        throw InvalidContent(description: "Decoding did not end within \(validationTimeout.words).", kind: .timeout)
    }
}

/// Earlier versions are still being decoded.
struct DecodingLeftBehind: TransientFailure, CustomStringConvertible {
    let count: Int

    var description: String {
        "It was not decoded, because \(count) earlier versions of this document, and some of others, are still being decoded: "
            + "does the type's init(from:) wait?"
    }
}
