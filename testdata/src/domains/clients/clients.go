package clients // want package:`\) }$`

// What the domain of that name says of functions.

import "go.temporal.io/sdk/client"

func New() (client.Client, error) { return client.Dial(client.Options{}) } // want New:`^dial client.Dial$`

func Deeper() (client.Client, error) { return New() } // want Deeper:`^dial client.Dial$`

var shared client.Client

func Shared() (client.Client, error) {
	if shared == nil {
		c, err := client.Dial(client.Options{})
		if err != nil {
			return nil, err
		}
		shared = c
	}
	return shared, nil
}
