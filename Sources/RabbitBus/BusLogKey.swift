/// The keys of log metadata.
enum BusLogKey {
    static let broker = "amqp.broker"
    static let exchange = "amqp.exchange"
    static let role = "amqp.role"
    static let queue = "amqp.queue"
    static let error = "error"
    static let pause = "amqp.pause"
    static let tag = "amqp.delivery_tag"
    static let size = "amqp.body_size"
}
