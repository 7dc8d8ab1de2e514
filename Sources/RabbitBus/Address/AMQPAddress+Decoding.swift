import ConfigModel
import EventBus

extension AMQPAddress {
    /// Undoes percent-encoding. What comes out has no NUL, because the broker's library takes C strings.
    static func decoded(_ text: Substring, _ what: String) throws(BusError) -> String {
        guard let decoded = PercentEncoding.decoded(text.utf8), !decoded.utf8.contains(0) else {
            throw BusError(
                .invalid, "In the AMQP URI the \(what) is not percent-encoded UTF-8 without NUL: write '%25' for a '%'."
            )
        }
        return decoded
    }
}
