package main

import _ "github.com/mediacloud/mcwflint"
